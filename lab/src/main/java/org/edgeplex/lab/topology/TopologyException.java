package org.edgeplex.lab.topology;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The topology file is wrong; all mistakes that were found, in the order of their lines.
public final class TopologyException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TopologyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
