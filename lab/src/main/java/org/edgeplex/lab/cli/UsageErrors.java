package org.edgeplex.lab.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a wrong command line is answered with: what is wrong, and where the help is. The help
/// itself would push the error out of sight.
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        if (lacksCommand(e)) {
            command.usage(err); // it is short, and the list of the commands is what is wanted
        } else {
            err.println(name + ": " + e.getMessage());
            boolean ignored = UnmatchedArgumentException.printSuggestions(e, err);
            err.println("try: " + name + " --help");
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /// A group of commands was named, and none of them.
    private static boolean lacksCommand(ParameterException e) {
        return !e.getCommandLine().getSubcommands().isEmpty()
                && e.getArgSpec() == null
                && !(e instanceof UnmatchedArgumentException);
    }
}
