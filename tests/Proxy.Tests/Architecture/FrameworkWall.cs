namespace Gateway.Proxy.Tests.Architecture;

/// <summary>Where a framework's types may be named.</summary>
/// <param name="Assemblies">How its assemblies' names begin.</param>
/// <param name="Places">Namespaces and types that may.</param>
internal sealed record FrameworkWall(string Framework, string[] Assemblies, string[] Places)
{
    public static readonly FrameworkWall AspNet = new(
        "ASP.NET",
        ["Microsoft.AspNetCore", "Microsoft.Net.Http.Headers"],
        [
            "Gateway.Proxy",
            "Gateway.Administration",
            // What the framework's generator writes into that project, of the comments on what operations take and answer.
            "Microsoft.AspNetCore.OpenApi.Generated",
            "Gateway.Cli.Commands.Running.ServeCommand",
            "Gateway.Cli.Commands.Running.ConfigCheckCommand",
            "Gateway.Cli.Diagnosis.StartChecks",
            // A service that decides only, started by a command: no part of the path.
            "Gateway.Cli.Serving",
            // Serves a program of this machine, as a process of its own: no part of the path either.
            "Gateway.Cli.Bridging",
        ]
    );

    public static readonly FrameworkWall Yarp = new(
        "YARP",
        ["Yarp.ReverseProxy"],
        [
            "Gateway.Proxy.Configuration",
            "Gateway.Proxy.Credentials",
            "Gateway.Proxy.Forwarding",
            "Gateway.Proxy.Responses",
            "Gateway.Proxy.Pipeline",
        ]
    );

    public IEnumerable<string> Offences(IEnumerable<Use> uses)
    {
        foreach (
            var use in uses.Where(use => Assemblies.Any(a => use.Assembly.StartsWith(a, StringComparison.Ordinal)) && !Places.Any(use.IsBy))
        )
        {
            yield return $"{use.Place} uses {use.Named}: {Framework} stays in {string.Join(", ", Places)}. Keep what it says in a type "
                + "of ours.";
        }
    }
}
