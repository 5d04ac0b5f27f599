using System.Collections.Concurrent;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// Lists by source, within bounds: the oldest goes first, but none that is being read. Anybody may look at any time; who changes anything
/// holds the lock.
/// </summary>
internal sealed class DefinitionTable(long mostBytes)
{
    private readonly ConcurrentDictionary<DefinitionSource, DefinitionEntry> _entries = new();
    private long _lastVersion;
    private long _bytes;

    public Lock Changes { get; } = new();

    public DefinitionEntry? Find(in DefinitionSource source) => _entries.GetValueOrDefault(source);

    /// <summary>The entry of a source, made where there is none; null where all others are being read. Under the lock.</summary>
    public DefinitionEntry? EntryOf(in DefinitionSource source)
    {
        if (_entries.TryGetValue(source, out var entry))
        {
            return entry;
        }

        if (_entries.Count >= KnownDefinitions.MostSources)
        {
            if (Oldest(except: null) is not { } oldest)
            {
                return null;
            }

            Remove(oldest);
        }

        return _entries[source] = new DefinitionEntry { Version = ++_lastVersion };
    }

    /// <summary>Puts a list into an entry, and makes room for it. False where it is too large by itself. Under the lock.</summary>
    public bool TryKeep(DefinitionEntry entry, DefinitionList list)
    {
        if (list.Size > mostBytes)
        {
            return false;
        }

        _bytes += list.Size - (entry.List?.Size ?? 0);
        entry.List = list;
        while (_bytes > mostBytes && Oldest(entry) is { } oldest)
        {
            Remove(oldest);
        }

        return true;
    }

    /// <summary>Takes the list out of an entry, and makes all that is being read for it void. Under the lock.</summary>
    public void Forget(DefinitionEntry entry)
    {
        _bytes -= entry.List?.Size ?? 0;
        entry.List = null;
        entry.Version = ++_lastVersion;
    }

    /// <summary>Under the lock.</summary>
    public void Remove(in DefinitionSource source)
    {
        if (_entries.TryRemove(source, out var entry))
        {
            _bytes -= entry.List?.Size ?? 0;
        }
    }

    private DefinitionSource? Oldest(DefinitionEntry? except)
    {
        DefinitionSource? oldest = null;
        var least = long.MaxValue;
        foreach (var (source, entry) in _entries)
        {
            var taken = entry.List?.Taken ?? long.MinValue;
            if (entry != except && entry.Reading is null && taken < least)
            {
                (oldest, least) = (source, taken);
            }
        }

        return oldest;
    }
}

/// <summary>What is known of one source, and who is reading it.</summary>
internal sealed class DefinitionEntry
{
    private volatile DefinitionList? _list;

    /// <summary>Null where nothing is known.</summary>
    public DefinitionList? List
    {
        get => _list;
        set => _list = value;
    }

    /// <summary>Another one each time that the list is forgotten, and never the same again, in no other entry either.</summary>
    public long Version { get; set; }

    /// <summary>While somebody reads: what comes of it.</summary>
    public Task<ReadingEnd>? Reading { get; set; }
}

/// <summary>What came of a reading.</summary>
/// <param name="WasAbandoned">Whether its caller went away: then another one has to read.</param>
internal readonly record struct ReadingEnd(DefinitionList? List, bool WasAbandoned);
