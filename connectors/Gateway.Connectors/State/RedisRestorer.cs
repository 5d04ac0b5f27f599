using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using StackExchange.Redis;

namespace Gateway.Connectors.State;

/// <summary>
/// Makes a server's memory one that may be relied on: checks the server, loads the script, begins a generation for each tenant whose memory
/// is gone or another server's, and seeds its epoch from the durable store. One at a time; all who need it wait for the same one.
/// Thread-safe.
/// </summary>
internal sealed class RedisRestorer(
    RedisLink link,
    RedisClock clock,
    string endpoints,
    ConcurrentDictionary<Id<Tenant>, RedisKeys> tenants,
    Func<Id<Tenant>, CancellationToken, Task<long>> currentEpoch
)
{
    // So that a store that stays broken isn't asked by every request.
    private const long PauseAfterFailure = Micros.PerSecond / 5;
    private const int TenantsAtOnce = 8;

    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Task<RedisSession?> _running = Task.FromResult<RedisSession?>(null);
    private volatile RedisSession? _session;
    private volatile string? _problem = "The shared state has not been prepared.";
    private long _pauseUntil = long.MinValue;
    private bool _again;
    private StateScript? _script;

    /// <summary>Null when nothing may be relied on.</summary>
    public RedisSession? Session => _session;

    /// <summary>What went wrong last; null when all is well.</summary>
    public string? Problem => _problem;

    /// <summary>The server may be another one: look before anything else is admitted.</summary>
    public void Doubt() => _session = null;

    /// <summary>
    /// The memory has lost what it should have kept: every tenant begins a new generation, though the server is the same.
    /// </summary>
    public void DoubtMemory()
    {
        lock (_gate)
        {
            _again = true;
            _session = null;
        }
    }

    /// <summary>
    /// A session other than the one that was found wanting, or the same one mended; null when it couldn't be had. Doesn't throw.
    /// </summary>
    /// <param name="reload">Whether the server itself is in doubt, and not only a tenant's epoch missing.</param>
    public Task<RedisSession?> TryRestoreAsync(RedisSession? wanting, bool reload)
    {
        lock (_gate)
        {
            if (_session is { } session && !ReferenceEquals(session, wanting))
            {
                return Task.FromResult<RedisSession?>(session);
            }

            if (_running.IsCompleted)
            {
                _running =
                    clock.Local < Volatile.Read(ref _pauseUntil)
                        ? Task.FromResult<RedisSession?>(null)
                        : Task.Run(() => TryRunAsync(reload));
            }

            return _running;
        }
    }

    /// <exception cref="SharedStateException">The store can't be relied on.</exception>
    public async Task<RedisSession?> RestoreAsync(bool reload, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RedisStateOptions.RestoreDeadline);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var session = await RunAsync(reload, limit.Token);
            _problem = null;
            return session;
        }
        catch (Exception e) when (e is SharedStateException || RedisFault.IsLostStore(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Volatile.Write(ref _pauseUntil, clock.Local + PauseAfterFailure);
            var problem =
                e as SharedStateException
                ?? new SharedStateException(
                    $"Redis at {endpoints} can't be reached or doesn't answer. Check that it runs and that address, TLS and password are right. ({e.GetType().Name})",
                    e
                );
            _problem = problem.Message;
            throw problem;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<RedisSession?> TryRunAsync(bool reload)
    {
        try
        {
            return await RestoreAsync(reload, CancellationToken.None);
        }
        catch (SharedStateException)
        {
            // Kept in Problem. A session that lacks only one tenant's epoch still serves the others.
            return _session;
        }
        catch (Exception e)
        {
            // The outer wall: a fault that nobody foresaw refuses too, and says so.
            Volatile.Write(ref _pauseUntil, clock.Local + PauseAfterFailure);
            _problem = $"The memory of Redis at {endpoints} couldn't be restored: {e.GetType().Name}.";
            return _session;
        }
    }

    private async Task<RedisSession?> RunAsync(bool reload, CancellationToken cancellationToken)
    {
        var session = reload ? null : _session;
        session ??= await LoadAsync();
        var again = TakeAgain();
        var unseeded = new ConcurrentQueue<SharedStateException>();
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                tenants,
                parallel,
                async (tenant, token) =>
                {
                    var start = await BeginAsync(session, tenant.Value, again);
                    if (start is not null && await SeedAsync(session, tenant.Key, tenant.Value, start, token) is { } problem)
                    {
                        unseeded.Enqueue(problem);
                    }
                }
            );
        }
        catch
        {
            // Some tenants may not have begun again: all will have to.
            Use(null, again);
            throw;
        }

        Use(session, again: false);
        return unseeded.TryDequeue(out var first) ? throw first : _session;
    }

    private bool TakeAgain()
    {
        lock (_gate)
        {
            (var again, _again) = (_again, false);
            return again;
        }
    }

    /// <summary>A memory that came into doubt in the meantime isn't used.</summary>
    private void Use(RedisSession? session, bool again)
    {
        lock (_gate)
        {
            _again |= again;
            _session = _again ? null : session;
        }
    }

    /// <summary>A server that passed every check, and has the script.</summary>
    private async Task<RedisSession> LoadAsync()
    {
        _session = null;
        var sent = clock.Local;
        var (script, answer) = await AskAsync();
        var received = clock.Local;
        if (answer.Length != 2 || !long.TryParse((string?)answer[1], CultureInfo.InvariantCulture, out var redisTime))
        {
            throw NotUnderstood();
        }

        var report = ServerReport.Parse((string?)answer[0] ?? "");
        report.Check();
        ObserveClock(redisTime, sent, received);
        return new RedisSession(script.Digest, report.Identity);
    }

    /// <summary>
    /// Asks the server who it is: by the script that was sent last where it is the process that has it, else by a new one. Redis keeps
    /// every script for good, and one that can't be relied on, or is out of memory, is asked several times a second.
    /// </summary>
    private async Task<(StateScript Script, RedisResult[] Answer)> AskAsync()
    {
        if (_script is { } sent)
        {
            try
            {
                return (
                    sent,
                    (RedisResult[]?)await link.ExecuteAsync("EVALSHA", [Convert.ToHexStringLower(sent.Digest), 0, "load"], CallDeadline)
                        ?? []
                );
            }
            catch (Exception e) when (RedisFault.IsNoScript(e))
            {
                // Another process, or its scripts were flushed.
            }
        }

        var script = _script = StateScript.NewlyNamed();
        return (script, (RedisResult[]?)await link.ExecuteAsync("EVAL", [script.Text, 0, "load"], CallDeadline) ?? []);
    }

    private void ObserveClock(long redis, long sent, long received)
    {
        if (!clock.Observe(redis, sent, received))
        {
            // Nonces may have been forgotten early. (Or it is another server's clock: then there is a new generation anyway.)
            DoubtMemory();
        }

        if (clock.ApartFromWall() is var apart && apart > RedisState.ClockTolerance)
        {
            throw new SharedStateException(
                $"The clock of Redis at {endpoints} and this machine's are {Micros.ToSpan(apart).TotalSeconds:F1} s apart. Synchronise both."
            );
        }
    }

    /// <summary>The start of the generation whose epoch is missing; null where there is one.</summary>
    private async Task<RedisValue?> BeginAsync(RedisSession session, RedisKeys names, bool again)
    {
        var floor = clock.Highest;
        var reply = await CallAsync(session, names, "begin", session.Identity, again ? 1 : 0, floor);
        return reply.Word switch
        {
            ScriptReply.Good => null,
            ScriptReply.Unseeded => reply.Epoch,
            _ => throw NotUnderstood(),
        };
    }

    private SharedStateException NotUnderstood() =>
        new($"Redis at {endpoints} gave an answer that Gateway doesn't understand. Check that no proxy stands between that changes it.");

    /// <summary>The epoch is read after the loss was seen, and given to no other generation: so no change can fall between.</summary>
    private async Task<SharedStateException?> SeedAsync(
        RedisSession session,
        Id<Tenant> tenant,
        RedisKeys names,
        RedisValue? start,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var epoch = await currentEpoch(tenant, cancellationToken).WaitAsync(cancellationToken);
            var reply = await CallAsync(session, names, "seed", epoch, start!.Value, 0);
            return reply.Word == ScriptReply.Good
                ? null
                : new SharedStateException($"Redis at {endpoints} lost its memory again while it was being restored.");
        }
        catch (Exception e) when (e is DurableStoreException or OperationCanceledException)
        {
            return new SharedStateException(
                $"The epoch of tenant '{tenant}' can't be read from the durable store, so nothing of it is admitted: {e.Message}",
                e
            );
        }
    }

    private async Task<ScriptReply> CallAsync(
        RedisSession session,
        RedisKeys names,
        RedisValue mode,
        RedisValue first,
        RedisValue second,
        RedisValue third
    ) =>
        ScriptReply
            .Read(await link.EvaluateAsync(session.Digest, new ScriptCall([names.Memory], [mode, first, second, third]), CallDeadline), 1)
            ?[0]
        ?? default;
}
