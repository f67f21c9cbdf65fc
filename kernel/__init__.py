"""Technical ground shared by the services; knows no service and no Vietnamese rule."""
