package org.edgeplex.state.cli.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a program may be told: `--name value` or `--name=value`.
///
/// @param name of the program
/// @param description in a sentence
public record ProgramLine(String name, String description, List<Option> options) {
    private static final int STATUS_FAILED = 1;
    private static final int STATUS_USAGE = 2;
    private static final String HELP = "help";

    /// A name and its value.
    ///
    /// @param name without dashes
    /// @param parameter a word for its value
    /// @param otherwise the value if none is given; without it, one must be
    public record Option(
            String name, String parameter, Optional<String> otherwise, String description) {
        public static Option required(String name, String parameter, String description) {
            return new Option(name, parameter, Optional.empty(), description);
        }

        public static Option optional(
                String name, String parameter, String otherwise, String description) {
            return new Option(name, parameter, Optional.of(otherwise), description);
        }
    }

    /// What runs once its options are known; returns its exit status.
    @FunctionalInterface
    public interface Program {
        int run(Values values) throws Exception;
    }

    /// The values of all options.
    public static final class Values {
        private final Map<String, String> byName;

        private Values(Map<String, String> byName) {
            this.byName = byName;
        }

        /// The value of an option of the program.
        public String text(String name) {
            String value = byName.get(name);
            if (value == null) {
                throw new IllegalStateException("the program has no option --" + name);
            }
            return value;
        }

        /// The same, as a number.
        ///
        /// @throws UsageException if it is none in this range
        public int number(String name, int min, int max) {
            String text = text(name);
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new UsageException(wrong(name, text, min, max), e);
            }
            throw new UsageException(wrong(name, text, min, max));
        }

        private static String wrong(String name, String text, int min, int max) {
            return "--"
                    + name
                    + " is a number from "
                    + min
                    + " to "
                    + max
                    + ", not \""
                    + text
                    + "\"";
        }
    }

    public ProgramLine {
        options = List.copyOf(options);
    }

    /// Runs the program, or says why not; returns the exit status of the process.
    public int run(String[] arguments, Program program) {
        if (List.of(arguments).contains("--" + HELP)) {
            System.out.print(usage());
            return 0;
        }
        try {
            return program.run(parse(arguments));
        } catch (UsageException e) {
            System.err.println(name + ": " + e.getMessage());
            System.err.print(usage());
            return STATUS_USAGE;
        } catch (Exception e) {
            e.printStackTrace();
            return STATUS_FAILED;
        }
    }

    /// @throws UsageException saying what is wrong
    Values parse(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (!has(option)) {
                throw new UsageException("there is no option \"" + option + '"');
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new UsageException(option + " needs a value");
            }
            String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
            if (given.put(option.substring(2), value) != null) {
                throw new UsageException(option + " is there twice");
            }
        }
        for (Option option : options) {
            if (!given.containsKey(option.name)) {
                given.put(
                        option.name,
                        option.otherwise.orElseThrow(
                                () -> new UsageException("--" + option.name + " is missing")));
            }
        }
        return new Values(given);
    }

    private boolean has(String word) {
        for (Option option : options) {
            if (word.startsWith("--") && word.substring(2).equals(option.name)) {
                return true;
            }
        }
        return false;
    }

    String usage() {
        StringBuilder text = new StringBuilder("Usage: ").append(name);
        for (Option option : options) {
            String pair = "--" + option.name + "=" + option.parameter;
            text.append(option.otherwise.isPresent() ? " [" + pair + "]" : " " + pair);
        }
        text.append("\n").append(description).append("\n");
        for (Option option : options) {
            text.append("  --").append(option.name).append(": ").append(option.description);
            option.otherwise.ifPresent(value -> {
                if (!value.isEmpty()) {
                    text.append(" (default: ").append(value).append(")");
                }
            });
            text.append("\n");
        }
        return text.toString();
    }
}
