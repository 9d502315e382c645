/*
 * A disk that is watched, and that can fail on demand. Loaded into the server with LD_PRELOAD.
 *
 * Everything done to files below RECORDER_FOLDER is written to RECORDER_LOG (if that is set) with its data, in the one
 * order in which it happened, so that tests/reliability/replay.py can build the disk as it would be after a power cut.
 * RECORDER_CONTROL is a page shared with the test: which fault the disk has now, and how slow a sync is.
 *
 * System calls are made directly: nothing has to be looked up, and our own writing to the log is not recorded.
 * SQLite's -shm file is mapped memory, is not recorded, and need not survive a power cut (sqlite.org/walformat.html).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { NONE, FULL, READ_ONLY, SYNC_FAILS };
struct control { int32_t fault, sync_milliseconds, held; };
struct __attribute__((packed)) header { char what; uint16_t path; uint64_t place; uint32_t length; };

#define MOST_FILES 65536
static char *paths[MOST_FILES];
static const char *folder;
static struct control nothing, *control = &nothing;
static int log_file = -1;

__attribute__((constructor)) static void begin(void) {
    const char *shared = getenv("RECORDER_CONTROL"), *log = getenv("RECORDER_LOG");
    folder = getenv("RECORDER_FOLDER");
    int page = shared ? syscall(SYS_openat, AT_FDCWD, shared, O_RDWR | O_CLOEXEC) : -1;
    if (page >= 0) {
        void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, page, 0);
        if (mapped != MAP_FAILED) control = mapped;
        syscall(SYS_close, page);
    }
    if (log) log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

/* One at a time while recording, in this and every other process: else the order in the log would be a guess. */
static void hold(void) {
    if (log_file >= 0) while (__atomic_exchange_n(&control->held, 1, __ATOMIC_ACQUIRE)) sched_yield();
}

static long let_go(long result) {
    if (log_file >= 0) __atomic_store_n(&control->held, 0, __ATOMIC_RELEASE);
    return result;
}

static void note(char what, const char *path, uint64_t place, const void *data, size_t length) {
    if (log_file < 0) return;
    struct header header = {what, (uint16_t)strlen(path), place, (uint32_t)length};
    struct iovec parts[] = {{&header, sizeof header}, {(void *)path, header.path}, {(void *)data, length}};
    int before = errno;
    if (syscall(SYS_writev, log_file, parts, 3) != (long)(sizeof header + header.path + length)) abort();
    errno = before;
}

static int ours(const char *path) { return folder && path && !strncmp(path, folder, strlen(folder)); }
static const char *path_of(int file) { return file >= 0 && file < MOST_FILES ? paths[file] : NULL; }
static int refuse(int reason) { errno = reason; return 1; }

/* A full disk takes what lies inside a file already, and nothing beyond its end. */
static int refuses(int file, off_t end) {
    struct stat now;
    if (control->fault == READ_ONLY) return refuse(EROFS);
    return control->fault == FULL && !fstat(file, &now) && end > now.st_size && refuse(ENOSPC);
}

static int do_open(const char *path, int flags, mode_t mode) {
    int writes = (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC);
    if (ours(path) && writes && control->fault == READ_ONLY) { errno = EROFS; return -1; }
    hold();
    int file = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    if (file >= 0 && file < MOST_FILES) {
        free(paths[file]);
        paths[file] = ours(path) ? strdup(path) : NULL;
        if (paths[file] && flags & O_CREAT) note('o', path, 0, "", 0);
        if (paths[file] && flags & O_TRUNC) note('t', path, 0, "", 0);
    }
    return let_go(file);
}

#define OPEN(name)                                     \
    int name(const char *path, int flags, ...) {       \
        va_list more;                                  \
        va_start(more, flags);                         \
        mode_t mode = va_arg(more, mode_t);            \
        va_end(more);                                  \
        return do_open(path, flags, mode);             \
    }
OPEN(open)
OPEN(open64)
int creat(const char *path, mode_t mode) { return do_open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }

int close(int file) {
    if (path_of(file)) { free(paths[file]); paths[file] = NULL; }
    return syscall(SYS_close, file);
}

static ssize_t do_write(int file, const void *data, size_t length, off_t place, int placed) {
    const char *path = path_of(file);
    struct stat now;
    if (!path) return placed ? syscall(SYS_pwrite64, file, data, length, place) : syscall(SYS_write, file, data, length);
    hold();
    if (!placed) {
        int appends = fcntl(file, F_GETFL) & O_APPEND;
        place = appends && !fstat(file, &now) ? now.st_size : lseek(file, 0, SEEK_CUR);
    }
    if (refuses(file, place + (off_t)length)) return let_go(-1);
    ssize_t done = placed ? syscall(SYS_pwrite64, file, data, length, place) : syscall(SYS_write, file, data, length);
    if (done > 0) note('w', path, place, data, done);
    return let_go(done);
}

ssize_t write(int file, const void *data, size_t length) { return do_write(file, data, length, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t length, off_t place) { return do_write(file, data, length, place, 1); }
ssize_t pwrite64(int file, const void *data, size_t length, off64_t place) { return do_write(file, data, length, place, 1); }
ssize_t pwritev(int file, const struct iovec *parts, int count, off_t place) {
    ssize_t whole = 0, done;
    for (int part = 0; part < count; part++, whole += done)
        if ((done = do_write(file, parts[part].iov_base, parts[part].iov_len, place + whole, 1)) < 0) return -1;
    return whole;
}
ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t place) { return pwritev(file, parts, count, place); }

int ftruncate(int file, off_t length) {
    if (path_of(file) && refuses(file, length)) return -1;
    hold();
    int failed = syscall(SYS_ftruncate, file, length);
    if (!failed && path_of(file)) note('t', path_of(file), length, "", 0);
    return let_go(failed);
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

static int do_sync(int file, long call) {
    if (!path_of(file)) return syscall(call, file);
    if (control->fault == SYNC_FAILS) { errno = EIO; return -1; }
    hold();
    if (control->sync_milliseconds) usleep(control->sync_milliseconds * 1000);
    int failed = syscall(call, file);
    if (!failed) note('s', path_of(file), 0, "", 0);
    return let_go(failed);
}
int fsync(int file) { return do_sync(file, SYS_fsync); }
int fdatasync(int file) { return do_sync(file, SYS_fdatasync); }

int access(const char *path, int mode) {
    if (ours(path) && mode & W_OK && control->fault == READ_ONLY) { errno = EROFS; return -1; }
    return syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

int unlink(const char *path) {
    if (ours(path) && control->fault == READ_ONLY) { errno = EROFS; return -1; }
    hold();
    int failed = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!failed && ours(path)) note('u', path, 0, "", 0);
    return let_go(failed);
}

int rename(const char *from, const char *to) {
    if (ours(from) && control->fault == READ_ONLY) { errno = EROFS; return -1; }
    hold();
    int failed = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (!failed && ours(from)) note('r', from, 0, to, strlen(to));
    return let_go(failed);
}
