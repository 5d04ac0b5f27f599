using Xunit;

namespace Gateway.Testing;

/// <summary>A fact about published vectors or corpora that lie beside the checkout; skipped, and it says so, where they don't.</summary>
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string path)
    {
        var full = Repository.Shared(path);
        if (!File.Exists(full) && !Directory.Exists(full))
        {
            Skip = $"needs the published data '{path}', which isn't beside this checkout";
        }
    }
}
