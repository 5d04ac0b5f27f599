using System.Diagnostics;
using System.Globalization;

namespace Gateway.LoadTests.Targets;

/// <summary>Starts what has no governance: the upstream, bare YARP, nginx, Portkey.</summary>
internal static class PlainTargets
{
    /// <summary>
    /// How long idle threads of .NET's pool spin before they sleep. The upstream's must not: in the field it is another machine, and here
    /// its spinning would take the processor from whatever stands before it (136 us a request at half load instead of 38).
    /// </summary>
    private const string SpinLimit = "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit";

    /// <summary>A role of this program, as a process of its own.</summary>
    public static async Task<Target> OwnAsync(TargetName name, params string[] arguments)
    {
        var address = Ports.FreeAddress();
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Gateway.LoadTests.dll"), .. arguments, "--listen", address.ToString()]
        );
        if (name == TargetName.Upstream)
        {
            start.Environment[SpinLimit] = "0";
        }

        return new Target(name, address, [await ChildProcess.StartAsync(start, address.Port)]);
    }

    public static async Task<Target> NginxAsync(string program, Uri upstream, string folder)
    {
        var address = Ports.FreeAddress();
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                daemon off;
                worker_processes auto;
                pid {{folder}}/nginx.pid;
                error_log {{folder}}/error.log warn;
                events { worker_connections 4096; }
                http {
                  access_log off;
                  client_body_temp_path {{folder}}/body;
                  proxy_temp_path {{folder}}/proxy;
                  client_max_body_size 0;
                  client_body_buffer_size 64k;
                  keepalive_requests 100000000;
                  upstream up { server {{upstream.Authority}}; keepalive 256; keepalive_requests 100000000; }
                  server {
                    listen {{address.Authority}};
                    location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
                  }
                }
                """
            )
        );
        return new Target(
            TargetName.Nginx,
            address,
            [
                await ChildProcess.StartAsync(
                    new ProcessStartInfo(program, ["-p", folder, "-e", $"{folder}/error.log", "-c", configuration]),
                    address.Port
                ),
            ]
        );
    }

    public static async Task<Target> PortkeyAsync(string script, Uri upstream)
    {
        var address = Ports.FreeAddress();
        var start = new ProcessStartInfo(
            "node",
            [script, "--headless", string.Create(CultureInfo.InvariantCulture, $"--port={address.Port}")]
        );
        start.Environment["TRUSTED_CUSTOM_HOSTS"] = upstream.Host; // Else it refuses to call this machine.
        start.Environment["NODE_ENV"] = "production";
        return new Target(TargetName.Portkey, address, [await ChildProcess.StartAsync(start, address.Port)])
        {
            ExtraHeaders = $"Authorization: Bearer none\r\nx-portkey-provider: openai\r\nx-portkey-custom-host: {upstream}v1\r\n",
        };
    }
}
