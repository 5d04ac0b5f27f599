using System.Globalization;

namespace Gateway.LoadTests.Targets;

/// <summary>All targets of a run, started beside each other in front of one upstream. What isn't installed is left out, with why.</summary>
internal sealed class TargetSet : IAsyncDisposable
{
    private static int _runs;

    private readonly List<Target> _targets = [];
    private readonly Dictionary<TargetName, string> _skipped = [];
    private readonly string _folder = Directory
        .CreateDirectory(
            Path.Combine(
                Artifacts.Folder,
                string.Create(CultureInfo.InvariantCulture, $"run-{Environment.ProcessId}-{Interlocked.Increment(ref _runs)}")
            )
        )
        .FullName;

    private readonly string _gateway;
    private int _more;

    private TargetSet(string gateway) => _gateway = gateway;

    public IReadOnlyList<Target> Targets => _targets;

    public IReadOnlyDictionary<TargetName, string> Skipped => _skipped;

    public Target? Find(TargetName name) => _targets.Find(target => target.Name == name);

    /// <param name="gateway">The gateway.dll that is measured; null for the one that was built beside the rig.</param>
    /// <exception cref="TargetException">One that is installed didn't start.</exception>
    public static async Task<TargetSet> StartAsync(IReadOnlyCollection<TargetName> names, string? gateway = null)
    {
        var set = new TargetSet(gateway ?? Artifacts.Gateway);
        try
        {
            var upstream = await PlainTargets.OwnAsync(TargetName.Upstream, "upstream");
            set._targets.Add(upstream);
            foreach (var name in names.Where(name => name != TargetName.Upstream).Order())
            {
                if (await set.StartAsync(name, upstream.Address) is { } target)
                {
                    set._targets.Add(target);
                }
            }

            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>One more embedded Gateway, with a governance that has grown. The caller disposes it.</summary>
    /// <param name="documentsAFile">How its documents are laid out.</param>
    public Task<Target> StartGatewayAsync(int agents, int rules, int documentsAFile = GatewayTarget.DocumentsAFile) =>
        GatewayTarget.StartAsync(
            _gateway,
            // Each with keys of its own, to which another's data would be damaged.
            Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"gateway-{++_more}")),
            LoadGovernance.Documents(_targets[0].Address, agents, rules).Chunk(documentsAFile),
            redis: false,
            "--Gateway:Intents:ModelRequestBytes=16777216"
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var target in _targets.AsEnumerable().Reverse())
        {
            await target.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Target?> StartAsync(TargetName name, Uri upstream)
    {
        var folder = Path.Combine(_folder, name.ToString().ToLowerInvariant());
        switch (name)
        {
            case TargetName.Yarp:
                return await PlainTargets.OwnAsync(name, "yarp", "--upstream", upstream.ToString());
            case TargetName.Embedded:
                return await GatewayTarget.StartAsync(
                    _gateway,
                    folder,
                    [
                        [.. LoadGovernance.Documents(upstream)],
                    ],
                    redis: false
                );
            case TargetName.Redis when ToolPath.Find("redis-server") is not null:
                return await GatewayTarget.StartAsync(
                    _gateway,
                    folder,
                    [
                        [.. LoadGovernance.Documents(upstream)],
                    ],
                    redis: true
                );
            case TargetName.Nginx when ToolPath.Find("nginx") is { } nginx:
                return await PlainTargets.NginxAsync(nginx, upstream, folder);
            case TargetName.Portkey when File.Exists(Artifacts.PortkeyScript):
                return await PlainTargets.PortkeyAsync(Artifacts.PortkeyScript, upstream);
            default:
                _skipped[name] = name switch
                {
                    TargetName.Nginx => "nginx isn't installed (Debian: nginx-light)",
                    TargetName.Redis => "redis-server isn't installed (Debian: redis-server)",
                    TargetName.Portkey => "Portkey isn't installed (make load-peers)",
                    _ => "there is no such target",
                };
                return null;
        }
    }
}
