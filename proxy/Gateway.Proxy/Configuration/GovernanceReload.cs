using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Follows the documents. What is wrong with a tenant's changes nothing: its old ones stay in force, the others' new ones come into force,
/// and the errors show in the log and in readiness.
/// </summary>
public sealed partial class GovernanceReload(
    GovernanceOptions options,
    FirstGovernance first,
    GovernanceState state,
    TenantTurns turns,
    TimeProvider time,
    ILogger<GovernanceReload> logger
) : BackgroundService
{
    private const int ReadEvery = 30;

    /// <value>Many times what reading thousands of documents takes, also over a network.</value>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(10);

    private readonly FollowedGovernance _followed = first.Followed;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _looks;
    private Task<FolderLook?>? _looking;
    private bool _isDue;

    /// <summary>Looks at the folder once; public so that an operator's command and the tests need not wait for the clock.</summary>
    /// <remarks>
    /// One look at a time: beside another it would find nothing new, and its caller would go on before the other has brought the
    /// documents into force.
    /// </remarks>
    public async Task LookAgainAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await LookAndApplyAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task LookAndApplyAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await LookAsync(cancellationToken) is { } look)
            {
                _followed.Take(look);
                _isDue = true;
            }

            if (_isDue)
            {
                await ApplyAsync(cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // An unreadable folder: tried again at the next look, also when the same documents come back.
            _isDue = true;
            state.Note([
                new GovernanceError(new SourcePosition(options.Path, 0, 0), "", "The documents can't be brought into force.", e.Message),
            ]);
            Log.Unusable(logger, options.Path, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Polling, and not the system's change notices: those miss changes on network volumes and the symlink swaps of mounted ConfigMaps.
        using var timer = new PeriodicTimer(options.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAgainAsync(stoppingToken);
        }
    }

    /// <summary>
    /// A lost network disk lets nobody go who asks it for a file, nor does a pipe in a document's place: a look that takes too long is
    /// said, and gone on with by the next.
    /// </summary>
    /// <exception cref="TimeoutException">It isn't done yet.</exception>
    private async Task<FolderLook?> LookAsync(CancellationToken cancellationToken)
    {
        var looking = _looking ??= Task.Run(LookOnce, CancellationToken.None);
        try
        {
            return await looking.WaitAsync(LongestReading, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"Reading '{options.Path}' takes over {LongestReading.TotalSeconds:F0} s. Mend its disk; where a pipe is among its "
                    + "files, remove it and start again."
            );
        }
        finally
        {
            if (looking.IsCompleted)
            {
                _looking = null;
            }
        }
    }

    // Now and then all files are read although they look as they did, since one can be written within the resolution of its time; reading
    // every document each second would be felt where there are many.
    private FolderLook? LookOnce() => _followed.Look(thorough: ++_looks % ReadEvery == 0);

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var divided = _followed.Divide(state.InForce);
        if (!divided.Unassigned.SequenceEqual(state.Unassigned))
        {
            foreach (var error in divided.Unassigned)
            {
                Log.Unassigned(logger, error);
            }
        }

        state.Note(divided.Unassigned);
        await turns.TakeAsync(divided, cancellationToken);
        _isDue = turns.IsDue;
    }

    private static partial class Log
    {
        [LoggerMessage(1003, LogLevel.Error, "The governance in {Path} can't be brought into force, the old one stays")]
        public static partial void Unusable(ILogger logger, string path, Exception exception);

        [LoggerMessage(1006, LogLevel.Error, "A governance file can't be used, and nobody can tell whose it is: {Error}")]
        public static partial void Unassigned(ILogger logger, GovernanceError error);
    }
}
