"""The whole of thidua on one PC: a private broker, the three apps in one process, one worker."""
