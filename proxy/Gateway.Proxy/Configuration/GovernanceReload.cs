using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Compiles the documents again when they change. A bad set changes nothing: the old snapshot stays in force, and the errors show in the
/// log and in readiness.
/// </summary>
public sealed partial class GovernanceReload(
    GovernanceOptions options,
    FirstGovernance first,
    GovernanceState state,
    TenantPreparation prepareAsync,
    TimeProvider time,
    ILogger<GovernanceReload> logger
) : BackgroundService
{
    private const int ReadEvery = 30;

    /// <value>Many times what reading thousands of documents takes, also over a network.</value>
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(10);

    private readonly FollowedGovernance _followed = first.Followed;
    private int _looks;
    private Task<FolderLook?>? _looking;
    private bool _isDue;

    /// <summary>Looks at the folder once; public so that an operator's command and the tests need not wait for the clock.</summary>
    public async Task LookAgainAsync(CancellationToken cancellationToken)
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
                await ApplyAsync(_followed.Compile(), cancellationToken);
                _isDue = false;
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Unreadable files, or a tenant that couldn't be made ready: tried again at the next look, also when the same documents come
            // back.
            _isDue = true;
            state.Reject([
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

    private async Task ApplyAsync(Validated<CompiledGovernance> result, CancellationToken cancellationToken)
    {
        if (result.Value is { } governance)
        {
            await prepareAsync(governance, cancellationToken);
            if (state.Accept(governance.Snapshot))
            {
                Log.Accepted(logger, governance.Snapshot.Revision);
            }

            return;
        }

        state.Reject(result.Errors);
        foreach (var error in result.Errors)
        {
            Log.Rejected(logger, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Governance {Revision} is in force")]
        public static partial void Accepted(ILogger logger, Sha256Digest revision);

        [LoggerMessage(1002, LogLevel.Error, "Governance was not reloaded, the old one stays in force: {Error}")]
        public static partial void Rejected(ILogger logger, GovernanceError error);

        [LoggerMessage(1003, LogLevel.Error, "The governance in {Path} can't be brought into force, the old one stays")]
        public static partial void Unusable(ILogger logger, string path, Exception exception);
    }
}
