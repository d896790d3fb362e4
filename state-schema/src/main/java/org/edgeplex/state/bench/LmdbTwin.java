package org.edgeplex.state.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.edgeplex.state.StoreException;

/// LMDB without Java and without us: `lmdb_twin.c`, compiled here and run beside.
final class LmdbTwin implements Subject {
    private static final String SOURCE = "lmdb_twin.c";

    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;

    /// Fails with [StoreException], which says what to install.
    LmdbTwin(Workplace workplace) {
        Path directory = workplace.directory("twin");
        Path complaints = directory.resolve("complaints");
        try {
            Path program = compile(workplace, directory, complaints);
            process =
                    workplace.start(
                            complaints,
                            List.of(
                                    program.toString(),
                                    workplace.directory("twin-store").toString(),
                                    Integer.toString(Objects.COUNT),
                                    Integer.toString(Objects.VALUE_BYTES)));
            answers = process.inputReader(StandardCharsets.US_ASCII);
            requests = process.outputWriter(StandardCharsets.US_ASCII);
            if (!"ready".equals(answers.readLine())) {
                throw new StoreException(
                        "the twin of lmdb does not run: " + Files.readString(complaints));
            }
        } catch (IOException e) {
            throw new StoreException("the twin of lmdb does not run: " + e, e);
        }
    }

    private static Path compile(Workplace workplace, Path directory, Path complaints)
            throws IOException {
        Path source = directory.resolve(SOURCE);
        try (InputStream in = LmdbTwin.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is missing in our own jar");
            }
            Files.copy(in, source);
        }
        Path program = directory.resolve("lmdb_twin");
        Path gcc = Workplace.program("gcc", "gcc and liblmdb-dev");
        Process compiler =
                workplace.start(
                        complaints,
                        List.of(
                                gcc.toString(),
                                "-O2",
                                "-o",
                                program.toString(),
                                source.toString(),
                                "-llmdb"));
        try {
            if (compiler.waitFor() != 0) {
                throw new StoreException(
                        "the twin of lmdb does not compile (is liblmdb-dev installed?): "
                                + Files.readString(complaints).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", e);
        }
        return program;
    }

    @Override
    public String name() {
        return "lmdb_c";
    }

    @Override
    public Histogram run(Operation operation, int batch, long nanos) {
        try {
            requests.write("%s %d %d%n".formatted(operation.word(), batch, nanos));
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new StoreException("the twin of lmdb ended");
            }
            Histogram histogram = Calls.newHistogram();
            List<String> words = List.of(answer.split(" "));
            for (String word : words.subList(2, words.size())) {
                int colon = word.indexOf(':');
                histogram.recordValueWithCount(
                        Long.parseLong(word.substring(0, colon)),
                        Long.parseLong(word.substring(colon + 1)));
            }
            return histogram;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
