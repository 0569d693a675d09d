/* poster - load generator for HTTP: posts the same request over and over.
 *
 * One file, one thread, epoll, no dependencies:   gcc -O2 -o poster poster.c
 *
 * Opens C connections to 127.0.0.1, each with one request under way at most. With --rate 0 a connection sends its next request when the
 * last is answered. Else M requests a second are due, evenly spaced, and a latency counts from the moment when the request was due: what
 * has to wait for a free connection, or for a late sender, is not hidden.
 *
 * OPTIONS (default)
 *   --port P           (8080)
 *   --path T           (/)
 *   --header H         one more request header, repeatable
 *   --body T           of type application/json ({})
 *   --conns C          (64)
 *   --rate M           (0)
 *   --warmup S --time S         (2, 5); counted is what is answered within the latter
 *   --server-pid PID   report the CPU time of this process
 *
 * OUTPUT  one line of JSON; latencies in milliseconds. refused: answers other than 201; waiting: requests that were due at the end and had
 *   not been sent. Exit status 2 for wrong usage, or when the server cannot be talked to.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ull
#define ANSWER 16384

typedef uint64_t u64;

typedef struct {
  int fd;
  u64 since;           /* when the request under way was due */
  size_t have;         /* bytes of its answer so far */
  char answer[ANSWER];
} conn;

static int conns = 64, port = 8080, epoll, timer;
static double rate;
static pid_t server;
static char *request;
static size_t request_length;

static conn *all;
static int *idle, idle_first, idle_count; /* a ring, so that all connections have their turn */
static u64 start, from, to;               /* measured is from .. to */
static u64 sent, answered, refused;

/* Latencies: 64 steps for each power of two of nanoseconds, so within 1.6 %. */
#define STEPS 6
static u64 counts[64 << STEPS];

static void die(const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  fputs("poster: ", stderr);
  vfprintf(stderr, format, rest);
  fputc('\n', stderr);
  exit(2);
}

static u64 now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void record(u64 ns) {
  int power = ns < (1 << STEPS) ? STEPS : 63 - __builtin_clzll(ns);
  counts[((power - STEPS) << STEPS) + (ns >> (power - STEPS))]++;
}

/* The latency that so many, of 1, are not above; in milliseconds. */
static double quantile(double q) {
  u64 seen = 0, wanted = (u64)(q * answered + 0.999999);
  for (u64 slot = 0; slot < sizeof counts / sizeof *counts; slot++)
    if (counts[slot] && (seen += counts[slot]) >= wanted) {
      int power = slot < (2 << STEPS) ? STEPS : (int)(slot >> STEPS) + STEPS - 1;
      u64 steps = slot - ((u64)(power - STEPS) << STEPS);
      return ((steps << (power - STEPS)) + ((1ull << (power - STEPS)) >> 1)) / 1e6;
    }
  return 0;
}

/* CPU time of a process so far, in nanoseconds; 0 if there is none. */
static u64 cpu_of(pid_t pid) {
  char path[32], line[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  FILE *file = pid ? fopen(path, "r") : NULL;
  if (!file) return 0;
  size_t length = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  line[length] = 0;
  char *fields = strrchr(line, ')');
  unsigned long user = 0, kernel = 0;
  if (!fields || sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) != 2) return 0;
  return (user + kernel) * (SECOND / sysconf(_SC_CLK_TCK));
}

static u64 own_cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * SECOND + t.tv_nsec;
}

static void become_idle(conn *c) { idle[(idle_first + idle_count++) % conns] = c - all; }

static conn *take_idle(void) {
  conn *c = all + idle[idle_first];
  idle_first = (idle_first + 1) % conns;
  idle_count--;
  return c;
}

static void post(conn *c, u64 since) {
  c->since = since;
  c->have = 0;
  /* One under way, so the socket's buffer has room for it. */
  if (send(c->fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) die("cannot send: %s", strerror(errno));
  sent++;
}

static u64 due(u64 number) { return start + (u64)(number * (SECOND / rate)); }

/* Sends what is due; with a rate, asks to be woken for the next. */
static void post_due(u64 now) {
  while (idle_count > 0 && now < to && (rate == 0 || due(sent) <= now)) post(take_idle(), rate == 0 ? now : due(sent));
  if (rate > 0 && idle_count > 0) {
    u64 next = due(sent);
    struct itimerspec at = {.it_value = {next / SECOND, next % SECOND}};
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
  }
}

/* The value of a header, or NULL; the answer's head ends with an empty line. */
static char *header(char *head, const char *name) {
  size_t length = strlen(name);
  for (char *line = strstr(head, "\r\n"); line && line[2] != '\r'; line = strstr(line + 2, "\r\n"))
    if (!strncasecmp(line + 2, name, length) && line[2 + length] == ':') return line + 3 + length;
  return NULL;
}

/* Whether the answer is there as a whole. */
static int is_whole(conn *c) {
  c->answer[c->have] = 0;
  char *end = strstr(c->answer, "\r\n\r\n");
  if (!end) return 0;
  char *length = header(c->answer, "Content-Length");
  if (!length) die("an answer without Content-Length: %.200s", c->answer);
  size_t body = strtoul(length, NULL, 10), head = end + 4 - c->answer;
  if (head + body >= ANSWER) die("an answer is too long");
  return c->have >= head + body;
}

static void on_readable(conn *c) {
  ssize_t n = recv(c->fd, c->answer + c->have, ANSWER - 1 - c->have, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) die("a connection ended: %s", n ? strerror(errno) : "closed by the server");
  c->have += n;
  if (!is_whole(c)) return;
  u64 now = now_ns();
  if (now >= from && now < to) {
    if (strncmp(c->answer + 9, "201", 3)) refused++;
    else answered++, record(now - c->since);
  }
  become_idle(c);
}

static void open_connection(conn *c) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int yes = 1;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (struct sockaddr *)&address, sizeof address)) die("cannot connect to port %d: %s", port, strerror(errno));
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event);
  become_idle(c);
}

static void run_until(u64 end) {
  struct epoll_event events[256];
  for (u64 now = now_ns(); now < end; now = now_ns()) {
    post_due(now);
    int n = epoll_wait(epoll, events, 256, (int)((end - now) / 1000000) + 1);
    for (int i = 0; i < n; i++) {
      u64 expirations;
      if (events[i].data.ptr) on_readable(events[i].data.ptr);
      else if (read(timer, &expirations, sizeof expirations) < 0 && errno != EAGAIN) die("no timer: %s", strerror(errno));
    }
  }
}

int main(int count, char **words) {
  const char *path = "/", *body = "{}";
  char headers[4096] = "";
  double warmup = 2, seconds = 5;
  for (int i = 1; i < count; i += 2) {
    const char *option = words[i], *value = i + 1 < count ? words[i + 1] : NULL;
    if (!value) die("%s wants a value", option);
    if (!strcmp(option, "--port")) port = atoi(value);
    else if (!strcmp(option, "--path")) path = value;
    else if (!strcmp(option, "--body")) body = value;
    else if (!strcmp(option, "--conns")) conns = atoi(value);
    else if (!strcmp(option, "--rate")) rate = atof(value);
    else if (!strcmp(option, "--warmup")) warmup = atof(value);
    else if (!strcmp(option, "--time")) seconds = atof(value);
    else if (!strcmp(option, "--server-pid")) server = atoi(value);
    else if (!strcmp(option, "--header")) {
      size_t used = strlen(headers);
      if (used + strlen(value) + 3 > sizeof headers) die("too many headers");
      sprintf(headers + used, "%s\r\n", value);
    } else die("no such option: %s", option);
  }
  if (conns < 1 || rate < 0) die("there must be a connection, and a rate that is not negative");
  request_length = asprintf(&request,
      "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n%s\r\n%s",
      path, port, strlen(body), headers, body);
  all = calloc(conns, sizeof *all);
  idle = calloc(conns, sizeof *idle);
  epoll = epoll_create1(0);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event tick = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &tick);
  for (int i = 0; i < conns; i++) open_connection(all + i);

  start = now_ns();
  from = start + (u64)(warmup * SECOND);
  to = from + (u64)(seconds * SECOND);
  run_until(from);
  u64 server_before = cpu_of(server), own_before = own_cpu();
  run_until(to);
  u64 server_after = cpu_of(server), own_after = own_cpu();

  u64 offered = rate > 0 ? (u64)((to - start) / (SECOND / rate)) : sent;
  printf("{\"requests_per_s\":%.1f,\"refused\":%llu,\"waiting\":%llu,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"server_cpu_us\":%.2f,"
         "\"own_cpu_pct\":%.1f}\n",
         answered / seconds, (unsigned long long)refused, (unsigned long long)(offered > sent ? offered - sent : 0), quantile(0.5),
         quantile(0.99), answered ? (server_after - server_before) / 1e3 / answered : 0,
         (own_after - own_before) / 1e9 / seconds * 100);
  return 0;
}
