using Gateway.Policy.Model;

namespace Gateway.Proxy.Admission;

/// <summary>
/// Tells who waits for something in the durable store that it changed, once this replica has followed the change: of any number who wait,
/// nobody asks the store before there is something to see. Thread-safe.
/// </summary>
public sealed class SeenChanges
{
    private readonly Dictionary<(Id<Tenant>, string), Watched> _watched = [];
    private readonly Lock _lock = new();

    /// <value>Subjects that somebody waits for.</value>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _watched.Count;
            }
        }
    }

    /// <summary>Begins to watch a subject, such as an approval's id, until it is disposed of.</summary>
    public Watch Begin(Id<Tenant> tenant, string subject)
    {
        lock (_lock)
        {
            if (!_watched.TryGetValue((tenant, subject), out var watched))
            {
                _watched[(tenant, subject)] = watched = new Watched();
            }

            watched.Watches++;
        }

        return new Watch(this, (tenant, subject));
    }

    internal void Tell(Id<Tenant> tenant, string subject)
    {
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            if (_watched.TryGetValue((tenant, subject), out var watched))
            {
                (next, watched.Next) = (watched.Next, Watched.NewNext());
            }
        }

        next?.SetResult();
    }

    private Task NextOf((Id<Tenant>, string) subject)
    {
        lock (_lock)
        {
            return _watched[subject].Next.Task;
        }
    }

    private void End((Id<Tenant>, string) subject)
    {
        lock (_lock)
        {
            if (--_watched[subject].Watches == 0)
            {
                _watched.Remove(subject);
            }
        }
    }

    /// <summary>One who waits.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly SeenChanges _all;
        private readonly (Id<Tenant>, string) _subject;
        private bool _ended;

        internal Watch(SeenChanges all, (Id<Tenant>, string) subject) => (_all, _subject) = (all, subject);

        /// <summary>Ends at the next change that is seen. Asked for before the store is read, or a change in between is missed.</summary>
        public Task Next() => _all.NextOf(_subject);

        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                _all.End(_subject);
            }
        }
    }

    private sealed class Watched
    {
        public int Watches { get; set; }

        public TaskCompletionSource Next { get; set; } = NewNext();

        public static TaskCompletionSource NewNext() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
