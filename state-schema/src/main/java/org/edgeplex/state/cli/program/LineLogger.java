package org.edgeplex.state.cli.program;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// Writes `17:04:05.123Z [thread] INFO name - message`, and below it the stack of an exception.
final class LineLogger extends LegacyAbstractLogger {
    @Serial private static final long serialVersionUID = 1L;

    private static final long DAY_MILLIS = 86_400_000;

    private final transient Level least;
    private final transient PrintStream out;

    LineLogger(String name, Level least, PrintStream out) {
        this.name = name;
        this.least = least;
        this.out = out;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable cause) {
        String text =
                arguments == null ? message : MessageFormatter.basicArrayFormat(message, arguments);
        StringBuilder line = new StringBuilder(100);
        appendTime(line, System.currentTimeMillis());
        line.append(" [").append(Thread.currentThread().getName()).append("] ");
        line.append(level).append(' ').append(name.substring(name.lastIndexOf('.') + 1));
        line.append(" - ").append(text).append('\n');
        if (cause != null) {
            StringWriter stack = new StringWriter();
            cause.printStackTrace(new PrintWriter(stack));
            line.append(stack);
        }
        out.print(line);
        out.flush();
    }

    /// By hand: the formatters of the class library take longer to load than all else here.
    static void appendTime(StringBuilder line, long epochMillis) {
        long ofDay = Math.floorMod(epochMillis, DAY_MILLIS);
        appendNumber(line, ofDay / 3_600_000, 2).append(':');
        appendNumber(line, ofDay / 60_000 % 60, 2).append(':');
        appendNumber(line, ofDay / 1_000 % 60, 2).append('.');
        appendNumber(line, ofDay % 1_000, 3).append('Z');
    }

    private static StringBuilder appendNumber(StringBuilder line, long number, int digits) {
        String text = Long.toString(number);
        return line.append("000", 0, digits - text.length()).append(text);
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt();
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return LineLogger.class.getName();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }
}
