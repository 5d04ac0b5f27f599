using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log;

/// <summary>
/// The decisions whose answer's end is on its way: its outcome is recorded before the last byte goes out, and a kill between the two leaves
/// an outcome that says more than happened. Kept in the file <c>ending</c>, a place of 64 bytes for each: the id's length, the id, and a
/// tag that only the log's key makes. Not synced: a loss of power may take marks. Thread-safe.
/// </summary>
internal sealed class EndMarks : IDisposable
{
    public const string FileName = "ending";

    /// <value>Places; what ends beyond so many at once isn't marked.</value>
    private const int Places = 1024;

    private const int PlaceLength = 64;
    private const int MostOfId = PlaceLength - 1 - RecordTags.Length;

    private static readonly byte[] Free = new byte[PlaceLength];

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly RecordTags _tags;
    private readonly int[] _taken = new int[Places];
    private int _next;

    private EndMarks(string path, SafeFileHandle file, RecordTags tags) => (_path, _file, _tags) = (path, file, tags);

    /// <summary>Begins with none; every place is on the disk, so that marking needs no room there.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static EndMarks Create(string folder, RecordTags tags)
    {
        var path = Path.Combine(folder, FileName);
        AtomicFile.Write(path, new byte[Places * PlaceLength], synced: false);
        return new EndMarks(path, File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), tags);
    }

    /// <summary>What the writer before has left; nothing that its key didn't mark.</summary>
    public static IReadOnlyList<string> Read(string folder, RecordTags tags)
    {
        var file = Path.Combine(folder, FileName);
        var bytes = File.Exists(file) ? RegularFile.Read(file, Places * PlaceLength) : [];
        var ids = new List<string>();
        for (var at = 0; at + PlaceLength <= bytes.Length; at += PlaceLength)
        {
            var place = bytes.AsSpan(at, PlaceLength);
            if (place[0] is > 0 and <= MostOfId && tags.IsOwn(place[..(1 + place[0])], place[^RecordTags.Length..]))
            {
                ids.Add(Encoding.ASCII.GetString(place.Slice(1, place[0])));
            }
        }

        return ids;
    }

    /// <summary>Marks a decision; gives its place, or -1 where there is none.</summary>
    /// <exception cref="IOException">It couldn't be written.</exception>
    public int Begin(string decisionId)
    {
        if (decisionId.Length is 0 or > MostOfId || !Ascii.IsValid(decisionId) || TryTake() is not (>= 0 and var place))
        {
            return -1;
        }

        Span<byte> mark = stackalloc byte[PlaceLength];
        mark.Clear();
        mark[0] = (byte)decisionId.Length;
        Encoding.ASCII.GetBytes(decisionId, mark[1..]);
        _tags.WriteOne(mark[..(1 + decisionId.Length)], mark[^RecordTags.Length..]);
        RandomAccess.Write(_file, mark, (long)place * PlaceLength);
        return place;
    }

    /// <summary>Takes a mark away. One that can't be is found at the next start, and says less than happened.</summary>
    /// <param name="place">As <see cref="Begin"/> gave it.</param>
    public void End(int place)
    {
        if (place < 0)
        {
            return;
        }

        try
        {
            RandomAccess.Write(_file, Free, (long)place * PlaceLength);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The place is used again, and is right then.
        }

        Volatile.Write(ref _taken[place], 0);
    }

    /// <summary>Leaves what is still marked, for the next start.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (_taken.All(taken => taken == 0))
        {
            TryDelete();
        }
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It marks nothing.
        }
    }

    private int TryTake()
    {
        for (var tried = 0; tried < Places; tried++)
        {
            var place = (int)((uint)Interlocked.Increment(ref _next) % Places);
            if (Interlocked.CompareExchange(ref _taken[place], 1, 0) == 0)
            {
                return place;
            }
        }

        return -1;
    }
}
