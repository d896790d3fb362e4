package org.edgeplex.controller.compute;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A host that can run programs.
///
/// Programs outlive the object and the controller: a new object for the same host finds them all.
/// Every operation may be repeated. Calls block, for a few seconds at most; any thread may call.
public interface ComputeHost extends AutoCloseable {
    String name();

    /// Why nothing can be started here; empty: something can.
    Optional<String> problem();

    /// What runs here now, whoever started it.
    List<RunningProgram> programs();

    /// Starts the program, and before it makes what it needs to run (namespace, wire to the
    /// switch).
    ComputeOutcome<RunningProgram> start(ProgramSpec spec);

    /// Ends the process at once and waits until it is gone. Done, too, when there is none.
    ComputeOutcome<RunningProgram> kill(RunningProgram program);

    /// Asks the process to end, and kills it when it does not.
    ComputeOutcome<RunningProgram> stop(RunningProgram program);

    /// Removes what [#start] made for the instance. None of its programs must run.
    ComputeOutcome<String> release(String instance);

    /// Whom to tell, soon, that a program has ended. On any thread; the listener must only raise a
    /// flag.
    void onExit(Consumer<RunningProgram> listener);

    /// Stops watching. The programs go on.
    @Override
    void close();
}
