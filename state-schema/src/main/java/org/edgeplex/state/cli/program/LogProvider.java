package org.edgeplex.state.cli.program;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// The log of a program, for `-Dslf4j.provider=`: a line each on standard error, with the time of
/// day in UTC.
///
/// slf4j-simple needs 50 ms of a start, most of them for the format of the time.
/// `-Dedgeplex.log=debug` asks for more than `info`.
public final class LogProvider implements SLF4JServiceProvider {
    private final Level least =
            Level.valueOf(System.getProperty("edgeplex.log", "info").toUpperCase(Locale.ROOT));
    private final Map<String, LineLogger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, this::logger);
    }

    private LineLogger logger(String name) {
        return new LineLogger(name, least, System.err);
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {
        // Everything is made with the provider.
    }
}
