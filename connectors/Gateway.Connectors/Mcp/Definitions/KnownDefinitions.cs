namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>
/// What servers list, as far as it is known and young enough: a call carries no description, so it is judged by the one that was listed.
/// What isn't known is asked for, by one caller at a time for each source. Bounded: the oldest goes first, and what went is asked for
/// again. Thread-safe; readers wait for nobody.
/// </summary>
/// <param name="mostBytes">Kept in all, about.</param>
public sealed class KnownDefinitions(TimeProvider time, long mostBytes = KnownDefinitions.DefaultBytes)
{
    /// <value>Sources that are known at most.</value>
    public const int MostSources = 4096;

    private const long DefaultBytes = 64 * 1024 * 1024;
    private const int Attempts = 2;

    private readonly DefinitionTable _table = new(mostBytes);

    /// <summary>The list of a source; null where none younger than this is known.</summary>
    public DefinitionList? Find(in DefinitionSource source, TimeSpan maxAge) =>
        _table.Find(source)?.List is { } list && time.GetElapsedTime(list.Taken) < maxAge ? list : null;

    /// <summary>
    /// The list of a source, read where none younger than this is known. Who comes while it is being read waits for that reading.
    /// </summary>
    /// <param name="read">Asks the server for all pages; null where it couldn't. What it throws, its own caller gets, and others
    /// null.</param>
    /// <returns>Null where it couldn't be read, or the server said twice during it that the list had changed.</returns>
    public async ValueTask<DefinitionList?> GetAsync(
        DefinitionSource source,
        TimeSpan maxAge,
        Func<CancellationToken, Task<IReadOnlyList<ListPage>?>> read,
        CancellationToken cancellation
    )
    {
        while (true)
        {
            if (Find(source, maxAge) is { } known)
            {
                return known;
            }

            var (entry, mine, others) = Join(source, maxAge);
            if (entry is null)
            {
                return null; // No room for another source: all are being read.
            }

            if (mine is not null)
            {
                return await LeadAsync(source, entry, mine, read, cancellation);
            }

            if (others is not null && await others.WaitAsync(cancellation) is { WasAbandoned: false } end)
            {
                return end.List;
            }
        }
    }

    /// <summary>Marks the moment before a list is asked for, so that <see cref="Keep"/> can tell whether it has changed since.</summary>
    public ListReading Begin(in DefinitionSource source)
    {
        lock (_table.Changes)
        {
            return new ListReading(source, time.GetTimestamp(), _table.EntryOf(source)?.Version ?? 0);
        }
    }

    /// <summary>Keeps a whole list that was read.</summary>
    /// <param name="pages">All of them, in their order.</param>
    /// <returns>Null, and nothing is kept, where it was forgotten since it was asked for, or it is over the bounds or an error.</returns>
    public DefinitionList? Keep(in ListReading reading, IReadOnlyList<ListPage> pages)
    {
        if (DefinitionList.Of(reading.Source.Kind, pages, reading.Started) is not { } list)
        {
            return null;
        }

        lock (_table.Changes)
        {
            var isSame = _table.Find(reading.Source) is { } entry && entry.Version == reading.Version && _table.TryKeep(entry, list);
            return isSame ? list : null;
        }
    }

    /// <summary>The server said that its list has changed: what is known no longer counts, nor does what is being read.</summary>
    public void Forget(in DefinitionSource source)
    {
        lock (_table.Changes)
        {
            if (_table.Find(source) is { } entry)
            {
                _table.Forget(entry);
            }
        }
    }

    /// <summary>Holds a page that passes against what is known, and forgets that where the page shows another definition.</summary>
    public void Compare(in DefinitionSource source, ListPage page)
    {
        if (_table.Find(source)?.List is not { } known)
        {
            return;
        }

        foreach (var definition in page.Definitions)
        {
            if (definition.Name.Length > 0 && known.Find(definition.Name)?.Digest != definition.Digest)
            {
                Forget(source);
                return;
            }
        }
    }

    /// <summary>Joins the reading of a source, or begins one, unless the list is known by now.</summary>
    private JoinedReading Join(in DefinitionSource source, TimeSpan maxAge)
    {
        lock (_table.Changes)
        {
            var entry = _table.EntryOf(source);
            if (entry is null or { Reading: not null } || Find(source, maxAge) is not null)
            {
                return new JoinedReading(entry, Mine: null, entry?.Reading);
            }

            var mine = new TaskCompletionSource<ReadingEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
            entry.Reading = mine.Task;
            return new JoinedReading(entry, mine, Others: null);
        }
    }

    private async ValueTask<DefinitionList?> LeadAsync(
        DefinitionSource source,
        DefinitionEntry entry,
        TaskCompletionSource<ReadingEnd> mine,
        Func<CancellationToken, Task<IReadOnlyList<ListPage>?>> read,
        CancellationToken cancellation
    )
    {
        DefinitionList? list = null;
        try
        {
            for (var attempt = 0; attempt < Attempts && list is null; attempt++)
            {
                var reading = Begin(source);
                if (await read(cancellation) is not { } pages)
                {
                    break;
                }

                list = Keep(reading, pages);
            }

            return list;
        }
        finally
        {
            End(source, entry);
            mine.SetResult(new ReadingEnd(list, WasAbandoned: list is null && cancellation.IsCancellationRequested));
        }
    }

    private void End(in DefinitionSource source, DefinitionEntry entry)
    {
        lock (_table.Changes)
        {
            entry.Reading = null;
            if (entry.List is null)
            {
                _table.Remove(source);
            }
        }
    }
}

/// <summary>The reading of a source, of which one caller has to see to the end.</summary>
/// <param name="Entry">Null where there is no room for the source.</param>
/// <param name="Mine">What the caller sets when it has read; null where it hasn't to.</param>
/// <param name="Others">Another caller's reading; null where there is none.</param>
internal readonly record struct JoinedReading(DefinitionEntry? Entry, TaskCompletionSource<ReadingEnd>? Mine, Task<ReadingEnd>? Others);

/// <summary>The moment before a list was asked for.</summary>
public readonly record struct ListReading(DefinitionSource Source, long Started, long Version);
