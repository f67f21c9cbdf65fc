"""The main job, done through the public interfaces as each user would do it."""
