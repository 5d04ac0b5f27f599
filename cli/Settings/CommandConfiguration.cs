using Gateway.Connectors.Vaults;
using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Gateway.Cli.Settings;

/// <summary>
/// The settings that a command runs with, read from the same places and in the same order as the server reads them: appsettings.json in
/// the working directory, the environment, then the arguments. Read when first asked for.
/// </summary>
/// <param name="arguments">The settings among the arguments, for the server too.</param>
internal sealed class CommandConfiguration(IReadOnlyList<string> arguments)
{
    private const string MasterKey = "MASTER_KEY";
    private readonly Lazy<HostApplicationBuilder> _host = new(() => HostSettings.Read(arguments));

    /// <summary>What the server is started with.</summary>
    /// <param name="logAside">Whether its log goes to the standard error stream, because a program reads the output.</param>
    /// <exception cref="ConfigurationException">The settings can't be read, as the server's own builder would say in fewer
    /// words.</exception>
    public string[] HostArguments(bool logAside, params ReadOnlySpan<string> more)
    {
        _ = _host.Value;
        return [.. logAside ? ["--Logging:Console:LogToStandardErrorThreshold=Trace"] : Array.Empty<string>(), .. arguments, .. more];
    }

    /// <summary>True only where DOTNET_ENVIRONMENT or ASPNETCORE_ENVIRONMENT says so.</summary>
    public bool IsDevelopment => _host.Value.Environment.IsDevelopment();

    public IConfiguration Values => _host.Value.Configuration;

    /// <summary>
    /// Whether anything of an instance is set up here: a setting of it, or one of its keys. Where nothing is, commands work without one.
    /// </summary>
    public bool HasInstance =>
        Values.GetSection(Proxy.Configuration.Settings.Root).GetChildren().Any()
        || KeyGenerator.Settings.Append(MasterKey).Any(setting => Find(setting) is not null || Find(setting + "_FILE") is not null);

    /// <summary>One value, such as <c>GATEWAY_TENANT</c>; null where it isn't set or empty.</summary>
    public string? Find(string name) => Values[name] is { Length: > 0 } value ? value : null;
}
