using System.Globalization;
using SharpFuzz;

namespace Gateway.Fuzz.Tests;

/// <summary>
/// Runs targets outside of the tests: <c>list</c>, <c>seeds TARGET FOLDER</c>, <c>run TARGET FILE...</c>, and <c>fuzz TARGET</c> for the
/// fuzzer, which gives the inputs.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["list"]:
                Console.WriteLine(string.Join('\n', FuzzTarget.All.Select(target => target.Name)));
                return 0;
            case ["seeds", var name, var folder]:
                Directory.CreateDirectory(folder);
                foreach (var (seed, i) in Inputs.SeedsOf(FuzzTarget.Find(name)).Select((seed, i) => (seed, i)))
                {
                    File.WriteAllBytes(Path.Combine(folder, i.ToString("D3", CultureInfo.InvariantCulture)), seed);
                }

                return 0;
            case ["run", var name, .. var files]:
                foreach (var file in files)
                {
                    FuzzTarget.Find(name).Run(File.ReadAllBytes(file));
                }

                return 0;
            case ["fuzz", var name]:
                var target = FuzzTarget.Find(name);
                Fuzzer.Run(stream => target.Run(ReadAll(stream)));
                return 0;
            default:
                Console.Error.WriteLine("usage: list | seeds TARGET FOLDER | run TARGET FILE... | fuzz TARGET");
                return 2;
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
