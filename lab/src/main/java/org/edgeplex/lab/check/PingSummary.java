package org.edgeplex.lab.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgeplex.lab.machine.CommandFailedException;

/// The last lines of `ping`.
///
/// @param averageMillis round-trip time; 0 when nothing came back
record PingSummary(int sent, int received, double averageMillis) {
    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
    private static final Pattern TIMES = Pattern.compile("rtt [^=]*= [\\d.]+/([\\d.]+)/");

    int lost() {
        return sent - received;
    }

    static PingSummary parse(String output) {
        Matcher counts = COUNTS.matcher(output);
        if (!counts.find()) {
            throw new CommandFailedException("ping said nothing of packets: " + output.strip());
        }
        Matcher times = TIMES.matcher(output);
        return new PingSummary(
                Integer.parseInt(counts.group(1)),
                Integer.parseInt(counts.group(2)),
                times.find() ? Double.parseDouble(times.group(1)) : 0);
    }
}
