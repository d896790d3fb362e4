package org.edgeplex.controller.compute.fake;

import org.edgeplex.controller.compute.ComputeHost;
import org.edgeplex.controller.compute.ComputeHostContract;
import org.edgeplex.controller.compute.RunningProgram;

class FakeMachineTest extends ComputeHostContract {
    private final FakeMachine machine = new FakeMachine("h1");

    @Override
    protected ComputeHost connect() {
        return machine.connect();
    }

    @Override
    protected void crash(RunningProgram program) {
        machine.crash(program.holder());
    }
}
