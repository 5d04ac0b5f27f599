namespace Gateway.Cli.Bridging;

/// <summary>What came of a call that somebody wants to make.</summary>
internal enum CallStart
{
    None = 0,
    Begun,
    IdInUse,
    TooMany,
    Ended,
}

/// <summary>Which of a session's messages goes to which of its client's requests. Thread-safe.</summary>
internal sealed class Switchboard
{
    /// <value>Calls that may wait at once. Each holds an HTTP request.</value>
    private const int MostCalls = 64;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Backlog _backlog = new();
    private Outlet? _listener;
    private bool _isEnded;

    /// <summary>Whether a call waits.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count > 0;
            }
        }
    }

    /// <param name="takesEvents">Whether the client takes a stream; otherwise it gets the response alone.</param>
    public CallStart TryBegin(RpcMessage request, bool takesEvents, long now, out Call call)
    {
        lock (_gate)
        {
            call = new Call(request, new Outlet(takesEvents, []), now);
            var start =
                _isEnded ? CallStart.Ended
                : _calls.Count == MostCalls ? CallStart.TooMany
                : _calls.ContainsKey(request.Id) ? CallStart.IdInUse
                : CallStart.Begun;
            if (start == CallStart.Begun)
            {
                call =
                    takesEvents && _listener is not { TakesEvents: true }
                        ? call with
                        {
                            Outlet = new Outlet(takesEvents, _backlog.Take()),
                        }
                        : call;
                _calls.Add(request.Id, call);
            }

            return start;
        }
    }

    /// <returns>Null where somebody listens already, or the session has ended.</returns>
    public Outlet? Listen()
    {
        lock (_gate)
        {
            return _isEnded || _listener is { TakesEvents: true } ? null : _listener = new Outlet(takesEvents: true, _backlog.Take());
        }
    }

    /// <summary>The call that a response is for, which is over by that; null where there is none.</summary>
    public Call? Answered(RpcMessage response)
    {
        lock (_gate)
        {
            return _calls.Remove(response.Id, out var call) ? call : null;
        }
    }

    /// <summary>
    /// Where a request or a notification of the program goes: progress to its call; what asks the client for something, and lines of the
    /// log, to the newest call, which they are most likely about; the rest to who listens, or to a call where nobody does. Without either
    /// it is kept for the next one.
    /// </summary>
    /// <param name="isKept">False for a message that is lost.</param>
    public Outlet? Find(RpcMessage message, out bool isKept)
    {
        lock (_gate)
        {
            var listener = _listener is { TakesEvents: true } ? _listener : null;
            var found = message.Method switch
            {
                "notifications/progress" => Newest(message.Token),
                _ when message.Kind == RpcKind.Request => Newest(null) ?? listener,
                "notifications/message" => Newest(null) ?? listener,
                _ => listener ?? Newest(null),
            };
            isKept = found is null && message.Method != "notifications/progress" && !_isEnded && _backlog.TryKeep(message);
            return found;
        }
    }

    /// <summary>Takes the calls out that have waited since then or longer.</summary>
    public IReadOnlyList<Call> Overdue(long since)
    {
        lock (_gate)
        {
            Call[] overdue = [.. _calls.Values.Where(call => call.Since <= since)];
            foreach (var call in overdue)
            {
                _calls.Remove(call.Request.Id);
            }

            return overdue;
        }
    }

    /// <summary>Every call fails, the listener's stream ends, and nothing can begin.</summary>
    public void End(string why)
    {
        lock (_gate)
        {
            _isEnded = true;
            foreach (var call in _calls.Values)
            {
                call.Outlet.Fail(RpcError.Of(call.Request.Id, RpcError.Closed, why));
            }

            _calls.Clear();
            _listener?.Close();
        }
    }

    /// <param name="token">The progress token of the call; null for any.</param>
    private Outlet? Newest(string? token)
    {
        for (var i = _calls.Count - 1; i >= 0; i--)
        {
            var call = _calls.GetAt(i).Value;
            if (call.Outlet.TakesEvents && (token is null || (token.Length > 0 && call.Request.Token == token)))
            {
                return call.Outlet;
            }
        }

        return null;
    }
}
