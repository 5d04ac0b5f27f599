using Gateway.Proxy.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Gateway.Cli.Settings;

/// <summary>Reads the settings as the server's own host does.</summary>
internal static class HostSettings
{
    /// <exception cref="ConfigurationException">They can't be read.</exception>
    public static HostApplicationBuilder Read(IReadOnlyList<string> arguments)
    {
        // The host's own builder, as the server's is: another order of sources here would be another data folder there.
        var values = new ConfigurationManager();
        values.AddEnvironmentVariables(prefix: "ASPNETCORE_");
        values.AddInMemoryCollection([new("hostBuilder:reloadConfigOnChange", "false")]);
        try
        {
            return new HostApplicationBuilder(new HostApplicationBuilderSettings { Configuration = values, Args = [.. arguments] });
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException([$"{e.Message} {e.InnerException?.Message}".Trim()]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException([
                $"The settings can't be read: {e.Message} They are in the working directory, or where "
                    + "ASPNETCORE_CONTENTROOT or DOTNET_CONTENTROOT says. Correct that, or let this user read them.",
            ]);
        }
    }
}
