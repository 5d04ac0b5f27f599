using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Gateway.Cli.Results;

/// <summary>What runs here: the version by its tag, the commit that it was built from, and the runtime below it.</summary>
/// <param name="Version">A semantic version; <c>0.0.0-alpha.0</c> from a checkout without git or tags.</param>
/// <param name="Commit">40 hexadecimal digits; empty where it was built without git.</param>
/// <param name="Runtime">Such as <c>.NET 10.0.1 linux-x64</c>.</param>
internal sealed record ProductVersion(string Version, string Commit, string Runtime)
{
    public static ProductVersion Own { get; } =
        Read(
            typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            $"{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}"
        );

    /// <param name="informational">As the build leaves it: the version, and behind a plus the commit where it knows one.</param>
    public static ProductVersion Read(string informational, string runtime)
    {
        var (version, commit) = informational.Split('+', 2) is [var front, var back] ? (front, back) : (informational, "");
        return new ProductVersion(version, commit, runtime);
    }

    public override string ToString() => $"gateway {Version}, commit {(Commit.Length > 0 ? Commit : "unknown")}, {Runtime}";

    public JsonObject ToJson() =>
        new()
        {
            ["version"] = Version,
            ["commit"] = Commit,
            ["runtime"] = Runtime,
        };
}
