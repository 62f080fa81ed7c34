"""matplotlib.animation: the figure shows what was drawn last, and says that nothing moves in it."""


class Animation:
    def __init__(self, fig, *args, **options):
        self._fig = fig
        fig.gca()._skips(type(self).__name__)

    def to_jshtml(self, *args, **options):
        return ""

    def to_html5_video(self, *args, **options):
        return ""

    def save(self, filename, *args, **options):
        pass

    def pause(self):
        pass

    def resume(self):
        pass


class ArtistAnimation(Animation):
    def __init__(self, fig, artists, *args, **options):
        super().__init__(fig)


class FuncAnimation(Animation):
    def __init__(self, fig, func, *args, **options):
        super().__init__(fig)


class PillowWriter:
    def __init__(self, *args, **options):
        pass


class FFMpegWriter(PillowWriter):
    pass
