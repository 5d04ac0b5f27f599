using Gateway.Connectors.Files;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Bodies;

/// <summary>
/// Bodies that are kept apart from the journal, each in a file of its own, encrypted for its tenant: <c>{tenant}/{last
/// day}/{decision}.request</c> or <c>.response</c>. A folder goes as a whole once its day is over. Nothing else refers to a file, so that
/// any may be deleted by hand. Thread-safe, and several processes may share a folder.
/// </summary>
/// <param name="folder">Made when it is needed.</param>
/// <param name="syncFolder">Makes the names in a folder survive a loss of power, as a flush does a file's content; null where nothing has
/// to.</param>
public sealed class BodyStore(string folder, Envelope envelope, Action<string>? syncFolder = null)
{
    /// <value>Bodies that are written at once. A disk that hangs holds as many of the pool's threads and no more.</value>
    internal const int MaxWriters = 4;

    private readonly BodyFolders _folders = new(folder);
    private readonly BodyKeys _keys = new(envelope);
    private readonly SemaphoreSlim _writers = new(MaxWriters);

    /// <summary>
    /// Makes a tenant's folder and the key of a day, so that what can't work is known before anything rests on it. Blocks.
    /// </summary>
    /// <exception cref="IOException">The folder can't be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="EnvelopeException">The day's key doesn't open.</exception>
    public void Prepare(Id<Tenant> tenant, DateOnly until) => KeyOf(tenant, until, _folders.Create(tenant, until));

    /// <summary>Keeps a body. It is in its file, whole, when this completes; where it fails there is no file of that name.</summary>
    /// <param name="body">Copied before this returns.</param>
    /// <param name="synced">Whether it must survive a loss of power.</param>
    /// <param name="cancellationToken">Ends the wait for a turn; what has begun to be written goes on.</param>
    /// <exception cref="IOException">It can't be written, or is kept already.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    /// <exception cref="EnvelopeException">The day's key doesn't open.</exception>
    public Task KeepAsync(in BodyName name, ReadOnlySpan<byte> body, bool synced, CancellationToken cancellationToken)
    {
        name.Validate();
        return WriteAsync(name, SealedBodyLayout.Allocate(body), synced, cancellationToken);
    }

    /// <summary>The body kept for a decision; null where none is. Blocks.</summary>
    /// <exception cref="BodyException">It isn't the one that was kept under this name.</exception>
    /// <exception cref="EnvelopeException">Its day's key is gone or doesn't open.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public ReadOnlyMemory<byte>? Find(Id<Tenant> tenant, string decision, BodyDirection direction)
    {
        foreach (var (day, path) in _folders.Days(tenant))
        {
            var name = new BodyName(tenant, day, decision, direction);
            name.Validate();
            var file = BodyFolders.FileOf(path, name);
            if (File.Exists(file))
            {
                var key = Path.Combine(path, BodyKeys.FileName);
                return File.Exists(key)
                    ? SealedBody.Open(File.ReadAllBytes(file), _keys.Open(tenant, day, key), name)
                    : throw new EnvelopeException($"The {name} can't be opened any more: the key of its day, '{key}', is gone.");
            }
        }

        return null;
    }

    /// <summary>Whether a body is kept for a decision. Opens nothing. Blocks.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    public bool Holds(Id<Tenant> tenant, string decision, BodyDirection direction)
    {
        foreach (var (day, path) in _folders.Days(tenant))
        {
            var name = new BodyName(tenant, day, decision, direction);
            name.Validate();
            if (File.Exists(BodyFolders.FileOf(path, name)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tenants that something is kept for.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => _folders.Tenants();

    /// <summary>
    /// Seals the keys of a tenant's days under the current data encryption key, so that the older one can be dropped. Safe to repeat.
    /// Blocks.
    /// </summary>
    /// <returns>How many were sealed anew.</returns>
    /// <exception cref="EnvelopeException">One doesn't open.</exception>
    /// <exception cref="IOException">One can't be read or written.</exception>
    public int Rotate(Id<Tenant> tenant) =>
        _folders.Days(tenant).Count(day => _keys.Rewrap(tenant, day.Day, Path.Combine(day.Path, BodyKeys.FileName)));

    /// <summary>
    /// Removes the days that are over. What isn't named as a tenant's day is left alone. Safe to repeat, and to be killed at any point.
    /// Blocks.
    /// </summary>
    /// <returns>Days removed.</returns>
    /// <exception cref="IOException">One can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public int RemoveExpired(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var removed = 0;
        foreach (var tenant in _folders.Tenants())
        {
            foreach (var (day, path) in _folders.Days(tenant))
            {
                if (day < today)
                {
                    _keys.Forget(tenant, day);
                    removed += BodyFolders.Remove(path) ? 1 : 0;
                }
            }
        }

        return removed;
    }

    private async Task WriteAsync(BodyName name, byte[] file, bool synced, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        await Task.Run(
            () =>
            {
                try
                {
                    Write(name, file, synced);
                }
                finally
                {
                    _writers.Release();
                }
            },
            CancellationToken.None
        );
    }

    private void Write(in BodyName name, byte[] file, bool synced)
    {
        var folder = _folders.Create(name.Tenant, name.Until);
        SealedBody.Seal(file, KeyOf(name.Tenant, name.Until, folder), name);

        // Never over another: what was kept once is what is kept.
        var path = BodyFolders.FileOf(folder, name);
        var stream = new FileStream(path, OwnerOnly.FileOptions(FileMode.CreateNew, FileShare.None));
        try
        {
            using (stream)
            {
                stream.Write(file);
                if (synced)
                {
                    FileSync.Flush(stream);
                }
            }

            if (synced)
            {
                syncFolder?.Invoke(folder);
            }
        }
        catch
        {
            File.Delete(path); // A part of one is none.
            throw;
        }
    }

    /// <summary>Made where there is none; then it lasts, since everything that is sealed with it rests on it.</summary>
    private byte[] KeyOf(Id<Tenant> tenant, DateOnly day, string folder)
    {
        var isNew = !File.Exists(Path.Combine(folder, BodyKeys.FileName));
        var key = _keys.GetOrCreate(tenant, day, folder);
        if (isNew && syncFolder is not null)
        {
            syncFolder(folder);
            syncFolder(Path.GetDirectoryName(folder)!);
            syncFolder(_folders.Root);
        }

        return key;
    }
}
