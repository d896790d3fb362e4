package org.edgeplex.state.record;

import java.util.List;
import org.edgeplex.state.RecordCodec;

/// A running CVM or PVM, as the controller knows it. Key: its name, `cvm` or `pvm-7`.
///
/// Writer: the controller.
///
/// @param host name of the compute host it was placed on
/// @param programs what runs of it; empty while it is started
/// @param restarts how often it was healed
public record Instance(
        Role role,
        int attachmentNumber,
        String host,
        Phase phase,
        List<Program> programs,
        int restarts) {

    public Instance {
        programs = List.copyOf(programs);
    }

    public enum Role {
        CVM,
        PVM
    }

    public enum Phase {
        STARTING,
        RUNNING,
        HEALING,
        STOPPING
    }

    /// A process of the host: `startedMillis` tells it from a later one with the same pid.
    public record Program(String holder, long pid, long startedMillis) {}

    public static final RecordCodec<Instance> CODEC =
            RecordCodec.of(
                    (out, instance) ->
                            out.constant(instance.role)
                                    .i32(instance.attachmentNumber)
                                    .text(instance.host)
                                    .constant(instance.phase)
                                    .list(
                                            instance.programs,
                                            (o, program) ->
                                                    o.text(program.holder)
                                                            .i64(program.pid)
                                                            .i64(program.startedMillis))
                                    .i32(instance.restarts),
                    in ->
                            new Instance(
                                    in.oneOf(Role.values()),
                                    in.i32(),
                                    in.text(),
                                    in.oneOf(Phase.values()),
                                    in.list(i -> new Program(i.text(), i.i64(), i.i64())),
                                    in.i32()));
}
