namespace Gateway.Testing;

/// <summary>A program that speaks as Redis does, and how it is started.</summary>
/// <param name="Arguments">By the port, and the port for other nodes.</param>
/// <param name="WhoCommand">What it is asked, to know that no other one has its port.</param>
/// <param name="SaysProcess">Whether it says its process' id there; else it says its folder.</param>
public sealed record RedisProgram(string Path, Func<string, string, string[]> Arguments, string[] WhoCommand, bool SaysProcess)
{
    /// <summary>Redis, without persistence.</summary>
    public static RedisProgram Redis(params string[] arguments) =>
        new(
            "redis-server",
            (port, clusterPort) =>
                [
                    "--port",
                    port,
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--enable-debug-command",
                    "yes",
                    "--loglevel",
                    "notice",
                    "--cluster-port",
                    clusterPort,
                    .. arguments,
                ],
            ["INFO", "server"],
            SaysProcess: true
        );

    /// <summary>Garnet, small, whose scripts lock their keys, and which spills to its folder.</summary>
    public static RedisProgram Garnet() =>
        new(
            Installed("garnet-server"),
            (port, _) =>
                [
                    "--port",
                    port,
                    "--bind",
                    "127.0.0.1",
                    "--memory",
                    "32m",
                    "--page",
                    "1m",
                    "--index",
                    "16m",
                    "--lua",
                    "--lua-transaction-mode",
                    "--storage-tier",
                    "--device-type",
                    "RandomAccess",
                ],
            ["CONFIG", "GET", "dir"],
            SaysProcess: false
        );

    private static string Installed(string name)
    {
        var path = System.IO.Path.Combine(Repository.Root, "artifacts", "garnet", name);
        return File.Exists(path)
            ? path
            : throw new InvalidOperationException($"There is no {path}. Run scripts/install_garnet.sh, as scripts/test.sh does.");
    }
}
