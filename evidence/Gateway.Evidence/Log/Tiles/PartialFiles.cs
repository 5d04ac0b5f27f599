namespace Gateway.Evidence.Log.Tiles;

/// <summary>The partial tiles on the disk: those of the last checkpoint, and the outdated ones that are to go.</summary>
internal sealed class PartialFiles
{
    private readonly HashSet<string> _current = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outdated = new(StringComparer.Ordinal);
    private bool _isClean;

    /// <summary>Begins the next checkpoint: those of the last one are outdated, as far as they aren't needed again.</summary>
    public void Begin()
    {
        _outdated.UnionWith(_current);
        _current.Clear();
    }

    /// <summary>Takes one of the next checkpoint; whether it must be written, since it isn't there yet.</summary>
    public bool Add(string path)
    {
        _current.Add(path);
        return !_outdated.Contains(path);
    }

    /// <summary>Ends it.</summary>
    public void End() => _outdated.ExceptWith(_current);

    /// <summary>Removes the partial ones of the checkpoint before, once the next is in its place.</summary>
    public void RemoveOutdated()
    {
        FindLeft();
        foreach (var path in _outdated)
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }

        _outdated.Clear();
    }

    /// <summary>What an earlier run has left, of which this one knows nothing.</summary>
    private void FindLeft()
    {
        if (_isClean)
        {
            return;
        }

        _isClean = true;
        foreach (var folder in _current.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal).ToArray())
        {
            _outdated.UnionWith(Directory.GetFiles(folder).Where(file => !_current.Contains(file)));
        }
    }
}
