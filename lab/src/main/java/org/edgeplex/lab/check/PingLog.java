package org.edgeplex.lab.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The replies that `ping -D` wrote down, in the order of their arrival.
record PingLog(List<Reply> replies) {
    private static final Pattern REPLY =
            Pattern.compile("\\[(\\d+\\.\\d+)] \\d+ bytes from .* icmp_seq=(\\d+) ");

    PingLog {
        replies = List.copyOf(replies);
    }

    /// A duplicate counts as one.
    record Reply(int sequence, double atSeconds) {}

    static PingLog parse(String output) {
        List<Reply> replies = new ArrayList<>();
        for (String line : output.lines().toList()) {
            Matcher matcher = REPLY.matcher(line);
            if (matcher.find() && !line.contains("DUP!")) {
                replies.add(
                        new Reply(
                                Integer.parseInt(matcher.group(2)),
                                Double.parseDouble(matcher.group(1))));
            }
        }
        return new PingLog(replies);
    }

    /// Sequence numbers without a reply, up to the last that has one: what was still on its way
    /// when ping was stopped is not lost.
    int lost() {
        int last = replies.stream().mapToInt(Reply::sequence).max().orElse(0);
        return last - (int) replies.stream().mapToInt(Reply::sequence).distinct().count();
    }

    /// The longest silence between two replies.
    double longestGapMillis() {
        double longest = 0;
        for (int i = 1; i < replies.size(); i++) {
            longest =
                    Math.max(longest, replies.get(i).atSeconds() - replies.get(i - 1).atSeconds());
        }
        return Math.round(longest * 10_000) / 10.0;
    }

    int lastSequence() {
        return replies.isEmpty() ? 0 : replies.getLast().sequence();
    }
}
