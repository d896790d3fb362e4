package org.edgeplex.lab.start;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The line in which a data plane tells when it reached what: `... live after 212.0 ms (main 61.2,
/// dpdk 180.0)`.
final class Phases {
    private static final Pattern LINE = Pattern.compile("live after ([0-9.]+) ms \\(([^)]*)\\)");
    private static final Pattern PHASE = Pattern.compile("([a-z_]+) ([0-9.]+)");

    private Phases() {}

    /// Milliseconds since the start, by name; none if there is no such line.
    static Map<String, Double> in(String log) {
        Map<String, Double> phases = new LinkedHashMap<>();
        Matcher line = LINE.matcher(log);
        if (line.find()) {
            Matcher phase = PHASE.matcher(line.group(2));
            while (phase.find()) {
                phases.put(phase.group(1), Double.parseDouble(phase.group(2)));
            }
            phases.put("live", Double.parseDouble(line.group(1)));
        }
        return phases;
    }
}
