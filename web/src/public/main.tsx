import { RouterProvider } from '@tanstack/react-router';
import { mount } from '../shared/app-frame.tsx';
import { router } from './router.tsx';
import './public.css';

mount(<RouterProvider router={router as never} />);
