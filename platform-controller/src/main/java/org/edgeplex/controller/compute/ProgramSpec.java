package org.edgeplex.controller.compute;

import java.util.List;
import java.util.Locale;

/// A program to be started, named as everything else names it.
///
/// @param attachmentNumber 0 for the CVM
public record ProgramSpec(ProgramRole role, int attachmentNumber) {
    public static final String CVM_INSTANCE = "cvm";

    public ProgramSpec {
        if ((role == ProgramRole.CVM) != (attachmentNumber == 0)) {
            throw new IllegalArgumentException(role + " with attachment " + attachmentNumber);
        }
    }

    public static ProgramSpec cvm() {
        return new ProgramSpec(ProgramRole.CVM, 0);
    }

    /// The programs of a PVM.
    public static List<ProgramSpec> pvm(int attachmentNumber) {
        return List.of(
                new ProgramSpec(ProgramRole.DATAPLANE, attachmentNumber),
                new ProgramSpec(ProgramRole.CONTROL, attachmentNumber));
    }

    public static String pvmInstance(int attachmentNumber) {
        return "pvm-" + attachmentNumber;
    }

    /// The port of a PVM on the switch.
    public static String pvmPort(int attachmentNumber) {
        return "pvm" + attachmentNumber;
    }

    public String instance() {
        return role == ProgramRole.CVM ? CVM_INSTANCE : pvmInstance(attachmentNumber);
    }

    /// The name of its lease: `cvm`, `pvm-7/dataplane`.
    public String holder() {
        return role == ProgramRole.CVM
                ? CVM_INSTANCE
                : instance() + "/" + role.name().toLowerCase(Locale.ROOT);
    }
}
