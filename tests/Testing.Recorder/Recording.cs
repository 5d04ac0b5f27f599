using System.Collections.Concurrent;

namespace Gateway.Testing.Recorder;

/// <summary>
/// Which lines of the source one request comes to, by their numbers, in the order in which it comes to them first. It goes with the
/// request from thread to thread, as everything asynchronous does; what other threads do on its behalf isn't in it.
/// </summary>
public sealed class Recording
{
    /// <summary>How the trace id of a request that is to be recorded begins: half of the 32 digits in its <c>traceparent</c>.</summary>
    public const string Mark = "7e57c0de7e57c0de";

    private static readonly AsyncLocal<Recording?> Current = new();
    private static readonly ConcurrentQueue<Recording> All = [];

    private readonly Lock _lock = new();
    private readonly HashSet<int> _seen = [];
    private readonly List<int> _order = [];
    private readonly string _traceId;
    private int _digests;

    private Recording(string traceId) => _traceId = traceId;

    /// <summary>Called by the code that is recorded, at each of its lines.</summary>
    public static void Hit(int line) => Current.Value?.Note(line);

    /// <summary>Called by the code that is recorded, behind each digest that it has computed.</summary>
    public static void Digest()
    {
        if (Current.Value is { } recording)
        {
            Interlocked.Increment(ref recording._digests);
        }
    }

    /// <summary>
    /// What was recorded of a request: in the first line how many digests it computed, in the second the numbers with blanks between them.
    /// It is there once the process has ended.
    /// </summary>
    public static string FileOf(string folder, string traceId) => Path.Combine(folder, traceId + ".recording");

    internal static void Begin(string traceId)
    {
        var recording = new Recording(traceId);
        All.Enqueue(recording);
        Current.Value = recording;
    }

    internal static void End() => Current.Value = null;

    internal static void WriteAll(string folder)
    {
        foreach (var recording in All)
        {
            lock (recording._lock)
            {
                File.WriteAllText(FileOf(folder, recording._traceId), $"{recording._digests}\n{string.Join(' ', recording._order)}");
            }
        }
    }

    private void Note(int line)
    {
        lock (_lock)
        {
            if (_seen.Add(line))
            {
                _order.Add(line);
            }
        }
    }
}
