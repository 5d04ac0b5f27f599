using System.Text;

namespace Gateway.Authoring.Formatting;

/// <summary>The lines of a laid-out text, with the comments that belong to each. Every comment is taken once. Used once.</summary>
internal sealed class LayoutOutput(Comments comments)
{
    private readonly StringBuilder _out = new();

    /// <summary>Nothing was written since a level began, so that no empty line is wanted.</summary>
    private bool _fresh = true;

    public void BeginLevel() => _fresh = true;

    /// <summary>What follows stands on the line of a dash, so that an empty line may follow it.</summary>
    public void ContinueLine() => _fresh = false;

    /// <summary>A line of a text of several lines, which no comment belongs to.</summary>
    public void WriteRaw(string line) => _out.Append(line).Append('\n');

    /// <summary>Takes the comment behind a line out, to be written elsewhere.</summary>
    public bool TryTakeBehind(int line, out Comment comment) => comments.Behind.Remove(line, out comment);

    /// <param name="commented">The line whose comment goes behind; 0 for none.</param>
    public void WriteLine(string text, int commented)
    {
        _out.Append(text);
        if (commented > 0 && comments.Behind.Remove(commented, out var comment))
        {
            _out.Append(' ').Append(comment.Text);
        }

        _out.Append('\n');
        _fresh = false;
    }

    public void WriteBlankAndComments(int line, int indent)
    {
        WriteOwnComments(line, indent);
        WriteBlank(comments.Blank.Contains(line - 1));
    }

    /// <summary>The comments that stand before a line, with the empty lines among them.</summary>
    public void WriteOwnComments(int before, int indent, int least = 0)
    {
        while (comments.Own.Count > 0 && comments.Own.First() is var (line, comment) && line < before && comment.Column > least)
        {
            comments.Own.Remove(line);
            WriteBlank(comments.Blank.Contains(line - 1));
            WriteLine(new string(' ', indent) + comment.Text, 0);
        }
    }

    /// <summary>A comment at the end of a block, no further left than the block: it belongs to it, not to what follows.</summary>
    public void WriteTrailingComments(LayoutNode node, int indent)
    {
        if (node is ListLayout { IsFlow: false } or MapLayout { IsFlow: false })
        {
            // Only those that follow it at once: up to the next thing that is written.
            WriteOwnComments(NextAfter(node.EndLine), indent, node.Column - 1);
        }
    }

    /// <summary>A value that is written on one line has no place for what stood between its lines.</summary>
    public void RefuseCommentsInside(int line, int endLine)
    {
        for (var i = line; i < endLine; i++)
        {
            if (comments.Behind.ContainsKey(i) || comments.Own.ContainsKey(i + 1))
            {
                throw new LayoutException(i, "it has a comment inside a value of several lines");
            }
        }
    }

    /// <exception cref="LayoutException">A comment was written nowhere.</exception>
    public string End()
    {
        if (comments.Own.Count + comments.Behind.Count > 0)
        {
            throw new LayoutException(comments.Own.Keys.Concat(comments.Behind.Keys).Min(), "it has a comment that would find no place");
        }

        return _out.ToString();
    }

    /// <summary>The line of the first thing behind a line that is neither comment nor empty.</summary>
    private int NextAfter(int line)
    {
        var next = line + 1;
        while (comments.Own.ContainsKey(next) || comments.Blank.Contains(next))
        {
            next++;
        }

        return next;
    }

    private void WriteBlank(bool wanted)
    {
        if (wanted && !_fresh && !(_out.Length > 1 && _out[^1] == '\n' && _out[^2] == '\n'))
        {
            _out.Append('\n');
        }
    }
}
