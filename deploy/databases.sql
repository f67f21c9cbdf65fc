-- One database a service; `intake` is made by the image itself.
CREATE DATABASE assembler;
CREATE DATABASE archive;
