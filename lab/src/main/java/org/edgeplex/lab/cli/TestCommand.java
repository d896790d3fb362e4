package org.edgeplex.lab.cli;

import java.util.List;
import org.edgeplex.lab.runner.LabException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `edgeplex test`, for help and completion: the launcher does it, before there is a program.
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Builds everything and runs all tests. By the launcher alone; needs root.")
final class TestCommand implements Runnable {
    @Parameters(
            paramLabel = "ARGUMENT",
            description = "For Maven, such as -pl bgp or -Dtest=FsmTableTest.")
    private List<String> arguments = List.of();

    @Override
    public void run() {
        throw new LabException(
                "the tests are run by the launcher: ./edgeplex test "
                        + String.join(" ", arguments));
    }
}
