using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Brings what is sealed of one log into an archive. Safe to repeat, and to be killed at any point: what is in the archive by then is
/// good as far as its checkpoint goes, and the next pass does the rest. Removes nothing.
/// </summary>
internal sealed class LogShipment
{
    /// <value>Segments that are copied or read back before they are put under a checkpoint: a kill has so many done again at most.</value>
    internal const int MostPerPass = 32;

    private readonly string _folder;
    private readonly LogDescription _log;
    private readonly LogKeys _keys;
    private readonly ArchiveFiles _files;
    private readonly ArchivedLog _archived;
    private readonly LogHead _head;
    private readonly IReadOnlyList<SegmentSeal> _seals;

    private LogShipment(
        string folder,
        LogDescription log,
        LogKeys keys,
        ArchiveFiles files,
        ArchivedLog archived,
        LogHead head,
        IReadOnlyList<SegmentSeal> seals
    ) => (_folder, _log, _keys, _files, _archived, _head, _seals) = (folder, log, keys, files, archived, head, seals);

    /// <summary>A pass.</summary>
    /// <param name="archive">The archive's folder, which is there.</param>
    /// <param name="id">The archive's id.</param>
    /// <exception cref="IOException">The log or the archive can't be read.</exception>
    public static ShippedLog Run(
        string folder,
        LogDescription log,
        string archive,
        string id,
        LogKeys keys,
        ArchiveFiles files,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var done = new ShippedLog(log.Tenant, log.Log.ToString());
        IReadOnlyList<SegmentSeal> seals = [];
        var problem = LogHead.Read(folder, log.Log, keys.Public, out var head) ?? SealList.Read(folder, log.Log, keys.Public, out seals);
        if (problem is not null)
        {
            return done with { Unshipped = 1, Problem = problem.ToString() };
        }

        if (seals.Count == 0 || head is not { Checkpoint: not null, Retention: not null })
        {
            return done;
        }

        var mark = ShippedMark.Find(folder);
        if (mark is not null && mark.IsAt(archive) && mark.Archive != id)
        {
            return done with { Sealed = seals.Count, Unshipped = seals.Count, Problem = mark.IsAnother(archive, folder) };
        }

        if (Linked(archive, log, seals) is { } link)
        {
            return done with { Sealed = seals.Count, Unshipped = seals.Count, Problem = link };
        }

        ArchiveFiles.RemoveDrafts(ArchivedLog.FolderOf(archive, log));
        var archived = ArchivedLog.Find(archive, log, keys.Public);
        var size = mark?.Archive == id ? mark.Size : 0;
        return new LogShipment(folder, log, keys, files, archived, head, seals).Ship(done, size, archive, id, now, cancellationToken);
    }

    private static string? Linked(string archive, LogDescription log, IReadOnlyList<SegmentSeal> seals) =>
        seals
            .Select(seal => ArchiveLinks.WhyNot(archive, log, Path.Combine(ArchivedLog.FolderOf(archive, log), SegmentName.Of(seal.First))))
            .FirstOrDefault(wrong => wrong is not null);

    /// <param name="size">Records that were read back from this archive before.</param>
    private ShippedLog Ship(ShippedLog done, long size, string archive, string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = First(now);
        SegmentSeal[] wanted = [.. _seals.Where(seal => seal.First >= first && !(IsGone(seal) && IsPast(seal, now)))];
        done = done with { Sealed = wanted.Length };
        if (_archived.Problem is { } damaged && FirstHere() > 0)
        {
            return done with { Unshipped = wanted.Length, Problem = $"The archive: {damaged}" };
        }

        var (held, looked) = (new List<SegmentSeal>(), 0);
        try
        {
            foreach (var seal in wanted)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (seal.Last < size && _archived.Lists(seal))
                {
                    held.Add(seal);
                }
                else if (IsGone(seal) && Lost(seal) is { } lost)
                {
                    done = done with { Problem = lost }; // The others go on, also in this pass: it may never come back.
                }
                else if (++looked > MostPerPass)
                {
                    done = done with { GoesOn = true };
                    break;
                }
                else
                {
                    done = Bring(seal) ? done with { Shipped = done.Shipped + 1, Bytes = done.Bytes + seal.Bytes } : done;
                    held.Add(seal);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            done = done with { Problem = e.Message }; // Whoever is full is so for the next one too.
        }

        if (held.Count > 0)
        {
            var end = held[^1].Last + 1;
            if (Close(end, first, size, cancellationToken) is { } open)
            {
                return done with { Unshipped = wanted.Length, Problem = open, GoesOn = false };
            }

            new ShippedMark(id, end, archive).WriteWhereNew(_folder);
        }

        return done with
        {
            Unshipped = wanted.Length - held.Count,
        };
    }

    /// <summary>Says so of a segment that isn't here where it isn't there either; null where it is.</summary>
    /// <exception cref="IOException">The archive's can't be read.</exception>
    private string? Lost(SegmentSeal seal) =>
        ArchiveFiles.WhyNot(There(seal), seal) is { } wrong
            ? $"{wrong} It isn't on this volume any more: put it back into the archive from a copy of that."
            : null;

    /// <summary>Copies a segment unless its copy is good already; whether it was copied.</summary>
    /// <exception cref="IOException">There is no good copy.</exception>
    private bool Bring(SegmentSeal seal)
    {
        if (ArchiveFiles.WhyNot(There(seal), seal) is null)
        {
            return false;
        }

        Put(LogDescription.FileName, _log.ToBytes());
        _files.Copy(Here(seal), There(seal), seal);
        return true;
    }

    /// <summary>
    /// Puts what proves the segments behind them: the tree, the checkpoint over them, then the seals. In this order the archive verifies
    /// at any moment.
    /// </summary>
    /// <returns>What stood in the way; null for nothing.</returns>
    private string? Close(long end, long first, long size, CancellationToken cancellationToken)
    {
        try
        {
            var (origin, before) = (LogOrigin.Of(_log.Log), _archived.Head?.Checkpoint?.Size ?? 0);
            if (before < end || size < end)
            {
                var tree = new ShippedTree(_folder, _head.Checkpoint!, _archived.Folder, _files);
                var checkpoint = new Checkpoint(origin, end, tree.RootAt(end));
                Put(LogDescription.FileName, _log.ToBytes()); // Also where all segments were there already.
                Put("keys.json", PublicKeySet.Write(_keys.Public));
                tree.Write(Math.Min(before, size), end, first, cancellationToken);
                PutRetention(origin, first);
                if (before < end)
                {
                    Put(Checkpoint.FileName, checkpoint.Sign(_keys.Current));
                }
            }
            else if (_archived.Head?.Retention?.Minimum != first)
            {
                PutRetention(origin, first);
            }

            // Those of segments that were removed before are what the next seals follow.
            foreach (var seal in _seals.Where(seal => seal.Last < end && (seal.Last >= size || !_archived.Lists(seal))))
            {
                var name = SegmentSeal.NameOf(seal.First);
                Put(name, RegularFile.Read(Path.Combine(_folder, name), Checkpoint.MaxLength));
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private void Put(string name, byte[] content) => _files.Put(Path.Combine(_archived.Folder, name), content);

    private void PutRetention(string origin, long first) =>
        Put(RetentionMark.FileName, new RetentionMark(_head.Retention!.Kept, first).Sign(origin, _keys.Current));

    private string Here(SegmentSeal seal) => Path.Combine(_folder, SegmentName.Of(seal.First));

    private string There(SegmentSeal seal) => Path.Combine(_archived.Folder, SegmentName.Of(seal.First));

    /// <summary>From which record on the archive has the log, without what it dropped since that is past its retention.</summary>
    private long First(DateTimeOffset now)
    {
        var first = _archived.Head?.Retention?.Minimum ?? FirstHere();
        return _seals
                .SkipWhile(seal => seal.First < first || (IsPast(seal, now) && IsGone(seal) && !_archived.Lists(seal)))
                .FirstOrDefault()
                ?.First
            ?? first;
    }

    private long FirstHere() => _seals.FirstOrDefault(seal => !IsGone(seal))?.First ?? _seals[^1].Last + 1;

    private bool IsGone(SegmentSeal seal) => !File.Exists(Here(seal));

    /// <summary>An archive may drop what is past its retention: nobody waits for it.</summary>
    private bool IsPast(SegmentSeal seal, DateTimeOffset now) => now - seal.Sealed >= _head.Retention!.Kept;
}
