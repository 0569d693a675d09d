package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;

/** The machine and the tables, in the order in which they were measured. */
final class Report {
    private final String head;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    Report(Programs programs) {
        head = "## Benchmark\n\n%s.  \n%s.  \nMedians of %s rounds, in turn."
                .formatted(Machine.described(), programs.versions(), System.getProperty("bench.rounds", "3"));
    }

    Table table(String title, String... columns) {
        Table table = new Table(title, columns);
        tables.add(table);
        return table;
    }

    void text(String text) {
        texts.add(text);
    }

    String markdown() {
        StringBuilder text = new StringBuilder(head).append("\n\n");
        tables.forEach(table -> text.append(table.markdown()).append('\n'));
        texts.forEach(added -> text.append(added).append('\n'));
        return text.toString();
    }
}
