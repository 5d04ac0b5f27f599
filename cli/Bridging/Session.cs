using System.Text;
using Gateway.Cli.Results;

namespace Gateway.Cli.Bridging;

/// <summary>One client's program, from its start to the end of the last process of it.</summary>
internal sealed class Session
{
    /// <value>What a program wrote before it ended still arrives in this time, even where a child of it holds the stream open.</value>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly RunningProgram _program;
    private readonly BridgeLimits _limits;
    private readonly SessionLog _log;
    private readonly Switchboard _switchboard = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _ended = Task.CompletedTask;
    private string _why = "";
    private long _lastMessage = TimeProvider.System.GetTimestamp();
    private volatile bool _isOpen;

    private Session(string id, RunningProgram program, BridgeLimits limits, SessionLog log)
    {
        (Id, _program, _limits, _log) = (id, program, limits, log);
        Ended = RunAsync();
    }

    /// <summary>Who knows it may speak to the program, together with the bridge's token.</summary>
    public string Id { get; }

    /// <summary>When nothing of the program runs any more.</summary>
    public Task Ended { get; }

    public bool IsEnding => _stop.IsCancellationRequested;

    /// <exception cref="IOException">The program can't be started.</exception>
    public static async Task<Session> StartAsync(
        string id,
        ProgramOptions program,
        BridgeLimits limits,
        SessionLog log,
        FamilyWatch watch
    ) => new(id, await RunningProgram.StartAsync(program, watch), limits, log);

    /// <summary>Sends a request on; the answer comes by the call's outlet.</summary>
    public async Task<(CallStart Start, Call Call)> CallAsync(RpcMessage request, bool takesEvents)
    {
        var start = _switchboard.TryBegin(request, takesEvents, TimeProvider.System.GetTimestamp(), out var call);
        if (start == CallStart.Begun)
        {
            await SendAsync(request);
        }
        else if (start == CallStart.Ended)
        {
            // A program may have ended before it was asked anything; whoever waits for it must not wait for ever.
            call.Outlet.Fail(RpcError.Of(request.Id, RpcError.Closed, _why));
        }

        return (start, call);
    }

    /// <summary>Sends on what takes no answer: a notification, or the client's answer to the program.</summary>
    public async Task SendAsync(RpcMessage message)
    {
        Touch();
        try
        {
            await _program.WriteAsync(message.Bytes);
        }
        catch (IOException e)
        {
            // Where it has ended, that is why.
            await _ended.WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End(_program.Ending is { } ending ? $"The program {ending}." : e.Message);
        }
    }

    /// <returns>Null where somebody listens already.</returns>
    public Outlet? Listen() => _switchboard.Listen();

    /// <summary>The program has taken the client on: its start is over, and from now on it may be idle for as long as that is.</summary>
    public void Opened() => _isOpen = true;

    /// <summary>Ends what has taken too long.</summary>
    public void Sweep()
    {
        var now = TimeProvider.System.GetTimestamp();
        var time = _isOpen ? _limits.CallTime : _limits.StartTime;
        foreach (var call in _switchboard.Overdue(now - (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency)))
        {
            var text = $"The program hasn't answered in {time.TotalSeconds:0} s. It was told to stop; what it did is unknown.";
            call.Outlet.Fail(RpcError.Of(call.Request.Id, RpcError.TimedOut, text));
            var cancel = $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{call.Request.Id}}}}}""";

            // Not waited for: a program that hangs may read nothing either.
            _ = SendAsync(RpcMessage.Read(Encoding.UTF8.GetBytes(cancel))!);
            if (!_isOpen)
            {
                End("The program didn't start in time.");
            }
        }

        var idle = TimeProvider.System.GetElapsedTime(Volatile.Read(ref _lastMessage), now);
        if (_isOpen && idle > _limits.IdleTime && !_switchboard.IsBusy)
        {
            End("The session was idle for too long.");
        }
    }

    /// <summary>Begins the end; <see cref="Ended"/> is its end. The first reason counts.</summary>
    public void End(string why)
    {
        _ = Interlocked.CompareExchange(ref _why, why, "");
        _stop.Cancel();
    }

    private void Touch() => Volatile.Write(ref _lastMessage, TimeProvider.System.GetTimestamp());

    private async Task RunAsync()
    {
        using var errors = new CancellationTokenSource();
        var ended = _ended = _program.EndedAsync(_stop.Token);
        var following = _log.FollowAsync(_program.Errors, errors.Token);
        var reading = ReadAsync(_stop.Token);
        await Task.WhenAny(reading, ended);
        await Task.WhenAll(reading, ended).WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End($"The program {_program.Ending ?? "ended its output"}.");
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _switchboard.End(_why);
        var isGone = await _program.EndAsync(_limits.StopTime);

        // By now nobody holds the stream, but for what couldn't be killed.
        errors.CancelAfter(LastWords);
        await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _program.Dispose();
        _log.Say(isGone ? _why : $"{_why} Something of it can't be killed.");
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in MessageLines.ReadAsync(_program.Output, _limits.MessageBytes, cancellationToken))
            {
                Touch();
                if (RpcMessage.Read(line) is { } message)
                {
                    await RouteAsync(message, cancellationToken);
                }
                else if (line.AsSpan().IndexOf("\"jsonrpc\""u8) >= 0)
                {
                    // Dropped, it could be the answer that a client waits for in vain.
                    End("The program wrote a message that can't be read, or in two ways.");
                    return;
                }
                else if (!_log.Dropped("no message, dropped", line))
                {
                    End("The program writes what are no messages.");
                    return;
                }
            }
        }
        catch (InvalidDataException e)
        {
            End($"The program {e.Message}.");
        }
        catch (IOException e)
        {
            End($"The program can't be read: {Printable.Line(e.Message)}");
        }
    }

    private async Task RouteAsync(RpcMessage message, CancellationToken cancellationToken)
    {
        if (message.Kind == RpcKind.Response)
        {
            if (_switchboard.Answered(message) is { } call)
            {
                call.Outlet.Finish(message);
            }

            return;
        }

        bool isKept;
        while (_switchboard.Find(message, out isKept) is { } outlet)
        {
            if (await outlet.PutAsync(message, cancellationToken))
            {
                return;
            }
        }

        if (!isKept && message.Kind == RpcKind.Request)
        {
            await _program.WriteAsync(RpcError.Of(message.Id, RpcError.Internal, "No client listens."));
        }
    }
}
