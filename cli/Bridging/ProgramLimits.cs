using System.Globalization;

namespace Gateway.Cli.Bridging;

/// <summary>What one program may take of the machine, as Linux holds it (setrlimit(2)). Each bounds one process.</summary>
internal sealed record ProgramLimits
{
    /// <value>
    /// Bytes of data that a process may have: heap, stacks, private memory. Default 2 GiB. Not of addresses: Node, .NET and Java reserve
    /// many times what they use, and wouldn't start.
    /// </value>
    public long Memory { get; init; } = 2L << 30;

    /// <value>Processes and threads of the user that the bridge runs as, all together. Default 4,096; root has no such limit.</value>
    public long Processes { get; init; } = 4096;

    /// <value>Open files of a process. Default 1,024.</value>
    public long Files { get; init; } = 1024;

    /// <value>Seconds of processor time of a process; at the end Linux kills it. Default 1 h.</value>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A command line that is put before the program's. No core is dumped: it would hold what the program was given.</summary>
    public IEnumerable<string> CommandLine()
    {
        var own = File.ReadAllLines("/proc/self/limits");
        return
        [
            "prlimit",
            Of("data", Least(Memory, own, "Max data size")),
            Of("nproc", Least(Processes, own, "Max processes")),
            Of("nofile", Least(Files, own, "Max open files")),
            Of("cpu", Least((long)Math.Ceiling(Cpu.TotalSeconds), own, "Max cpu time")),
            Of("core", 0),
            "--",
        ];
    }

    /// <summary>The bridge's own hard limit where that is lower: nobody but root may go beyond it.</summary>
    private static long Least(long value, IEnumerable<string> own, string name)
    {
        var fields = own.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var hard) ? Math.Min(value, hard) : value;
    }

    private static string Of(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");
}
