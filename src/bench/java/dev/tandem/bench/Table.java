package dev.tandem.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Samples by row and column, shown as medians; a row can be shown as how many times another one's. */
final class Table {
    private final String title;
    private final List<String> columns;
    private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();
    private final Map<String, Set<String>> remarks = new LinkedHashMap<>();
    private String measured;
    private String base;

    Table(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    void add(String row, String column, double value) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(column);
        }
        rows.computeIfAbsent(row, absent -> new LinkedHashMap<>())
                .computeIfAbsent(column, absent -> new ArrayList<>())
                .add(value);
    }

    void remark(String row, String remark) {
        if (!remark.isBlank()) {
            remarks.computeIfAbsent(row, absent -> new LinkedHashSet<>()).add(remark.strip());
        }
    }

    /** Shows, at the end, how many times {@code base}'s medians those of {@code measured} are, if both are there. */
    Table comparing(String measured, String base) {
        this.measured = measured;
        this.base = base;
        return this;
    }

    String markdown() {
        StringBuilder text = new StringBuilder("### " + title + "\n\n| |");
        columns.forEach(column -> text.append(' ').append(column).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        rows.keySet().forEach(row -> text.append(line(row)));
        if (rows.containsKey(measured) && rows.containsKey(base)) {
            text.append(ratios());
        }
        remarks.forEach(
                (row, said) -> text.append("\n- ").append(row).append(": ").append(String.join(" ", said)));
        return text.append("\n").toString();
    }

    private String line(String row) {
        StringBuilder line = new StringBuilder("| " + row + " |");
        for (String column : columns) {
            List<Double> samples = rows.get(row).get(column);
            line.append(' ')
                    .append(samples == null ? "–" : number(median(samples)))
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private String ratios() {
        StringBuilder line = new StringBuilder("| " + measured + " / " + base + " |");
        for (String column : columns) {
            List<Double> own = rows.get(measured).get(column);
            List<Double> other = rows.get(base).get(column);
            boolean both = own != null && other != null;
            line.append(' ')
                    .append(both ? String.format(Locale.ROOT, "%.2f", median(own) / median(other)) : "–")
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Three digits or so: more would not be the same in the next run. */
    private static String number(double value) {
        String format = value >= 1000 ? "%,.0f" : value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value >= 10_000 ? Math.round(value / 100) * 100.0 : value);
    }
}
