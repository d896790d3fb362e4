package org.edgeplex.state.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.edgeplex.state.StateStore;
import org.edgeplex.state.TableId;
import org.edgeplex.state.dump.DumpWriter;
import org.edgeplex.state.dump.StateHash;
import org.edgeplex.state.dump.StoreScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dump",
        description = {
            "Writes the whole state, with its exact octets, for any engine to load.",
            "Text, an object a line, with a checksum at the end."
        },
        footer = {
            "",
            "A file appears under its name when it is complete. While programs write, each is",
            "as it was at some moment of the dump; for an exact one end them first.",
            "",
            "  edgeplex state dump --out state.jsonl.gz",
            "  edgeplex state dump vrfs attachments > some.jsonl"
        },
        mixinStandardHelpOptions = true)
final class DumpCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;

    @Mixin private final StoreReader reader = new StoreReader();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "compressed if its name ends in .gz; default: standard output")
    private Optional<Path> file = Optional.empty();

    @Parameters(
            arity = "0..*",
            paramLabel = "TABLE",
            description = "default: all, those of other releases too",
            completionCandidates = TableNames.class)
    private List<String> tableNames = new ArrayList<>();

    @Override
    public Integer call() {
        List<TableId> chosen =
                tableNames.stream().<TableId>map(name -> reader.table(name).id()).toList();
        return reader.run(store -> {
            List<TableId> tables =
                    chosen.isEmpty()
                            ? new StoreScan(store, StoreReader.timeout()).tables()
                            : chosen.stream().distinct().toList();
            if (file.isPresent()) {
                toFile(store, tables, file.get());
            } else {
                write(store, tables, new AsciiOutput(reader.out()));
            }
            return 0;
        });
    }

    private void toFile(StateStore store, List<TableId> tables, Path target) throws IOException {
        Path directory = target.toAbsolutePath().normalize().getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw reader.usage(target + " is a directory");
        }
        // The dump takes the name of what is there: it must not be a device.
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw reader.usage(
                    target + " is no regular file: leave out --out, and redirect the output");
        }
        try (TemporaryFile part =
                TemporaryFile.in(directory, "." + target.getFileName() + ".", ".part")) {
            StateHash hash;
            try (FileChannel channel = FileChannel.open(part.path(), StandardOpenOption.WRITE)) {
                OutputStream out = Channels.newOutputStream(channel);
                if (target.toString().endsWith(".gz")) {
                    GZIPOutputStream packed = new GZIPOutputStream(out, BUFFER_BYTES);
                    hash = write(store, tables, new BufferedOutputStream(packed, BUFFER_BYTES));
                    packed.finish();
                } else {
                    hash = write(store, tables, new BufferedOutputStream(out, BUFFER_BYTES));
                }
                channel.force(true);
            }
            Files.move(part.path(), target, StandardCopyOption.ATOMIC_MOVE);
            reader.say("%d records, hash %s".formatted(hash.count(), hash));
        }
    }

    private StateHash write(StateStore store, List<TableId> tables, OutputStream out)
            throws IOException {
        Progress progress = new Progress(reader, "dumped");
        return DumpWriter.write(store, tables, out, StoreReader.timeout(), progress::at);
    }

    /// The command's output as a stream: a dump has only ASCII when no table has a foreign name.
    private static final class AsciiOutput extends OutputStream {
        private final PrintWriter out;

        AsciiOutput(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void flush() throws IOException {
            if (out.checkError()) {
                throw new IOException("standard output");
            }
        }
    }
}
