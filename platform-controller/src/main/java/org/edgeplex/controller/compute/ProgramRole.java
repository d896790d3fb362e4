package org.edgeplex.controller.compute;

/// Which program of an instance.
public enum ProgramRole {
    CVM,
    DATAPLANE,
    CONTROL
}
