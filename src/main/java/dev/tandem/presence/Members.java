package dev.tandem.presence;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Who is in a room: those that were asked for, longest present first, and how many there are in all. */
@RegisterForReflection
public record Members(List<Member> items, long count) {}
