using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log;

/// <summary>The file <c>followed</c> of a log: a number, as <see cref="JournalLog.FollowedTo"/> has it.</summary>
internal static class FollowedMark
{
    private const string FileName = "followed";
    private const int MaxLength = 32;

    /// <summary>Null where there is none, or it says no number.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static long? Find(string log)
    {
        var file = Path.Combine(log, FileName);
        return
            File.Exists(file)
            && long.TryParse(
                Encoding.ASCII.GetString(RegularFile.Read(file, MaxLength)).TrimEnd('\n'),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
            ? number
            : null;
    }

    /// <exception cref="IOException">It can't be written.</exception>
    public static long? Write(string log, long number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{number}\n");
        AtomicFile.Write(Path.Combine(log, FileName), Encoding.ASCII.GetBytes(text), synced: true);
        return number;
    }
}

/// <summary>The ids of the last changes that were put on record. Thread-safe.</summary>
internal sealed class RecentChanges
{
    private const int Most = 4096;

    private readonly Queue<string> _order = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(string id)
    {
        lock (_lock)
        {
            if (_ids.Add(id))
            {
                _order.Enqueue(id);
                if (_order.Count > Most)
                {
                    _ids.Remove(_order.Dequeue());
                }
            }
        }
    }

    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }
}
